extension SemanticFields {
  /// Money, faith, politics, law.
  static let society: StaticString = """
    money finance: salary income saving debt loan mortgage rent tax budget investment stock pension \
      credit insurance bank cash wage bonus inheritance dollar
    expense cost bill spending payment: rent mortgage grocery electricity gas water internet phone \
      insurance tuition tax food fuel subscription repair childcare fee fine loan ticket utility
    income earnings pay: salary wage bonus commission tip pension dividend allowance royalty rent \
      freelance stipend raise
    currency: dollar euro pound yen won yuan rupee peso franc ruble krona real bitcoin lira cent penny \
      dirham rand
    investment asset savings: stock bond fund property house gold bitcoin crypto etf share land pension \
      dividend portfolio
    insurance coverage: health life car travel home dental liability deductible premium policy
    religion faith denomination: christian catholic protestant orthodox islam muslim judaism jewish \
      buddhism buddhist hinduism hindu sikh taoism confucian atheist agnostic mormon baptist methodist \
      lutheran quaker evangelical pagan bahai
    worship religious_practice spiritual: church mosque temple synagogue prayer pray mass bible quran \
      meditation fasting pilgrimage baptism sermon priest monk
    clergy religious_leader: priest pastor imam rabbi monk nun bishop minister pope reverend deacon vicar
    politics government: election vote president senator congress parliament party democrat republican \
      liberal conservative campaign policy minister mayor governor law protest socialist left right \
      candidate
    charity: environment climate feminism equality lgbtq racism poverty homeless education refugee animal \
      cancer veterans vegan abortion humanitarian donation shelter hunger
    volunteer charity_work community_service: shelter soup food hospital orphanage tutoring cleanup \
      fundraiser donate homeless scouts mentoring redcross
    law legal court_case: court judge lawyer attorney trial lawsuit contract verdict jury crime arrest \
      police fine sentence appeal custody testimony subpoena
    crime offense: theft robbery murder assault fraud burglary arson kidnapping vandalism shoplifting \
      scam bribery smuggling blackmail
    document paperwork identification: passport visa licence license certificate contract deed permit \
      form application receipt invoice resume diploma lease
    military armed_forces: army navy airforce marine soldier sergeant captain veteran deployment \
      lieutenant colonel conscription base
    weapon: gun knife rifle sword pistol bomb arrow spear grenade missile bow
    war conflict: battle invasion ceasefire troop soldier refugee bomb treaty army
    """
}
