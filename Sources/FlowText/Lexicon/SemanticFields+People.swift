extension SemanticFields {
  /// Kinship, partners, people by their part in a life, and what people do for a living.
  static let people: StaticString = """
    family relative kin: mother father mom dad mum mama papa parent son daughter child kid brother sister \
      sibling twin wife husband spouse uncle aunt auntie cousin nephew niece grandmother grandfather \
      grandma grandpa grandparent granny grandson granddaughter grandchild stepmother stepfather stepson \
      stepdaughter stepsister stepbrother godmother godfather fiance fiancee baby toddler
    parent guardian: mother father mom dad mum mommy daddy mama papa stepmother stepfather stepmom \
      stepdad
    sibling: brother sister twin stepbrother stepsister bro sis
    child kid offspring: son daughter baby toddler infant newborn teenager stepson stepdaughter boy girl
    grandparent: grandmother grandfather grandma grandpa granny nana
    partner spouse significant_other: wife husband boyfriend girlfriend fiance fiancee lover date
    friend buddy companion acquaintance: roommate classmate colleague neighbor neighbour coworker \
      teammate bestie pal mate flatmate
    colleague coworker staff team_member: boss manager supervisor teammate intern assistant employee lead \
      director mentor
    boss superior: manager supervisor director ceo lead chief principal head
    mentor role_model: teacher coach advisor professor supervisor boss tutor guide
    somebody someone: man woman boy girl guy lady friend stranger neighbor neighbour
    stakeholder role: user customer client owner maintainer reviewer approver author admin operator \
      manager developer sponsor lead
    occupation profession job career line_of_work vocation: teacher nurse doctor engineer lawyer \
      developer programmer designer accountant chef cook waiter waitress barista artist writer journalist \
      photographer architect mechanic electrician plumber carpenter farmer fisherman pilot driver soldier \
      firefighter policeman cop dentist pharmacist veterinarian vet therapist psychologist counselor \
      librarian scientist researcher professor lecturer manager secretary receptionist cashier salesman \
      consultant analyst banker broker realtor translator interpreter editor actor actress musician \
      singer dancer coach trainer athlete hairdresser barber tailor baker butcher florist gardener \
      janitor cleaner nanny babysitter surgeon paramedic freelancer entrepreneur contractor intern \
      assistant director producer judge clerk welder roofer builder technician astronaut bartender model
    medical_professional clinician specialist: doctor nurse surgeon dentist therapist psychiatrist \
      psychologist pediatrician cardiologist dermatologist paramedic pharmacist optometrist \
      physiotherapist midwife gynecologist oncologist neurologist radiologist chiropractor vet \
      veterinarian
    tradesman tradesperson handyman craftsman: plumber electrician carpenter roofer painter welder \
      mechanic mason builder plasterer tiler locksmith glazier joiner
    artist: painter sculptor musician singer dancer photographer illustrator actor actress writer poet \
      designer
    musician performer band_member: guitarist drummer pianist violinist singer bassist cellist flutist \
      vocalist saxophonist composer conductor rapper dj
    scientist researcher: biologist chemist physicist astronomer geologist mathematician botanist \
      zoologist ecologist archaeologist anthropologist economist psychologist
    workplace employer place_of_work: office hospital clinic school university factory warehouse shop \
      store restaurant bank studio lab laboratory startup agency firm company court farm garage salon \
      library station headquarters
    business company venture: startup shop store restaurant cafe bakery studio agency firm salon boutique \
      franchise consultancy bar gym brewery
    nationality ethnicity origin roots: american british english irish scottish welsh canadian mexican \
      brazilian argentine colombian french german italian spanish portuguese dutch belgian swiss austrian \
      polish czech hungarian romanian greek turkish russian ukrainian swedish norwegian danish finnish \
      icelandic chinese japanese korean taiwanese vietnamese thai filipino indonesian malaysian \
      singaporean indian pakistani bangladeshi iranian iraqi israeli egyptian moroccan nigerian kenyan \
      ethiopian ghanaian australian cuban chilean peruvian jewish arab latino hispanic african asian \
      european
    gender identity orientation: man woman male female transgender trans nonbinary gay lesbian bisexual \
      queer straight
    age_group stage_of_life: baby infant toddler child kid teenager teen adolescent adult senior elderly \
      pensioner
    royalty nobility monarch: king queen prince princess duke duchess emperor empress baron countess earl
    relationship_status marital_status: single married divorced engaged widowed separated dating
    """
}
