extension SemanticFields {
  /// What happens in a life, and on the calendar.
  static let life: StaticString = """
    event occasion happening: wedding birthday graduation party concert festival conference meeting \
      funeral anniversary reunion ceremony parade exhibition fair workshop seminar competition race \
      dinner picnic fundraiser gala match webinar shower hackathon meetup
    celebration party ceremony: birthday wedding anniversary graduation shower engagement housewarming \
      christening baptism reunion retirement farewell feast toast dinner cake bachelorette prom
    holiday festival: christmas easter thanksgiving halloween hanukkah diwali ramadan eid passover \
      chuseok seollal newyear valentine independence labor memorial carnival mardi kwanzaa holi songkran \
      oktoberfest midsummer vesak epiphany july
    life_event milestone life_change big_change: marry wedding engaged divorce birth born baby pregnant \
      adopt graduate move hire fire promote retire death die funeral separate house degree
    relationship love_life romance: dating boyfriend girlfriend marry engaged divorce breakup crush \
      wedding separated single love propose
    career_event career_move employment_change: hire promotion fire quit resign retire layoff transfer \
      raise interview internship offer sabbatical demotion
    loss bereavement death: died funeral passed grief mourn widow miscarriage burial cremation
    change: move marry divorce quit switch retire graduate adopt transfer renovate convert
    plan goal dream ambition aspiration: travel trip marry buy move study learn start open graduate write \
      save adopt marathon retire visit build career
    challenge struggle obstacle difficulty hardship: illness divorce debt stress loss injury failure \
      pressure burnout loneliness unemployment deadline death grief anxiety
    childhood youth upbringing: grew school kid toy playground kindergarten memory born raised \
      grandmother
    school education: kindergarten elementary preschool highschool college university bootcamp graduate \
      homeschool academy institute seminary polytechnic class degree student
    university college alma_mater: harvard yale stanford mit oxford cambridge princeton columbia berkeley \
      ucla cornell kaist yonsei caltech brown duke nyu
    degree qualification diploma: bachelor master phd doctorate mba associate major minor certificate bsc \
      msc jd md
    subject major field_of_study course: math mathematics physics chemistry biology history geography \
      literature english art music economics psychology sociology philosophy law medicine engineering \
      nursing accounting marketing statistics anthropology linguistics politics journalism architecture \
      astronomy geology computing business theology education
    exam assessment: midterm final quiz sat gre toefl ielts bar lsat mcat certification driving interview \
      score grade suneung
    grade mark result: pass fail credit distinction gpa honors score percent
    student pupil: freshman sophomore junior senior undergraduate graduate postgraduate intern apprentice \
      trainee
    """
}
