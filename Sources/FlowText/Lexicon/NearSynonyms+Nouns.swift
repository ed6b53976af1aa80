extension NearSynonyms {
  /// Things, people and matters.
  static let nouns: StaticString = """
    child kid toddler youngster
    baby infant newborn
    boy lad
    girl lass
    man guy gentleman male
    woman lady female
    mother mom mum mama mommy
    father dad papa daddy
    parent guardian
    grandmother grandma granny nana
    grandfather grandpa granddad
    brother bro sibling
    sister sis sibling
    husband spouse hubby
    wife spouse
    boyfriend partner
    girlfriend partner
    fiance fiancee engaged
    family relative kin
    friend pal buddy mate
    neighbor neighbour
    colleague coworker teammate
    boss manager supervisor
    employee staff worker
    doctor physician medic
    dentist dental
    lawyer attorney solicitor
    teacher instructor professor educator
    student pupil learner
    police cop policeman
    artist painter
    writer author novelist
    chef cook
    job work career position role occupation profession
    company firm business corporation
    office workplace
    salary wage pay income
    money cash funds
    price cost fee
    bill invoice
    vacation holiday getaway
    trip journey travel
    house home residence
    apartment flat condo
    room bedroom
    garden yard backyard
    sofa couch
    restaurant diner eatery bistro
    store shop
    supermarket grocery
    car automobile vehicle auto
    bike bicycle cycling
    motorcycle motorbike
    plane airplane flight aircraft
    train railway
    bus coach
    phone mobile cellphone smartphone
    television tv
    computer laptop pc
    picture photo photograph image
    movie film cinema
    novel fiction
    song music tune
    concert gig
    story tale narrative
    news headline
    newspaper paper
    game match
    sport athletics
    football soccer
    gym fitness workout
    competition contest tournament championship
    prize award trophy
    hobby pastime
    dog puppy pup
    cat kitten kitty
    rabbit bunny
    pet animal
    flower blossom bloom
    forest woods
    beach shore seaside
    sea ocean
    mountain peak
    road street highway
    town city village
    country nation
    food meal dish
    dinner supper
    dessert sweet
    cookie biscuit
    candy sweets
    drink beverage
    alcohol booze liquor
    clothes outfit garment
    sweater jumper pullover
    pants trousers
    sneaker trainer
    jewelry jewellery
    present gift
    party celebration
    wedding marriage
    birthday bday
    funeral burial
    meeting appointment
    conversation talk chat discussion
    argument fight quarrel
    problem issue trouble
    idea thought notion concept
    opinion view
    advice tip suggestion recommendation
    reason cause
    result outcome consequence
    goal aim objective target
    dream ambition aspiration
    chance opportunity
    fear phobia dread
    stress pressure tension
    illness sickness disease
    medicine medication drug
    hospital clinic
    surgery operation
    injury wound
    pain ache
    headache migraine
    therapy counseling
    therapist counselor psychologist
    pregnancy pregnant expecting
    school academy
    university college
    class course lesson
    degree diploma
    exam test quiz
    homework assignment
    graduation commencement
    grade score
    language tongue
    religion faith
    church chapel
    charity nonprofit donation
    law legislation
    crime offense
    accident crash collision
    fire blaze
    storm tempest
    photo pic
    video clip
    letter mail
    gathering reunion meetup
    nickname alias
    age birthday
    surname lastname
    hometown birthplace
    immigrant migrant
    border frontier
    luggage baggage suitcase
    passport visa
    garbage trash rubbish
    purse handbag
    wallet billfold
    trash bin
    elevator lift
    pharmacy drugstore chemist
    autumn fall
    necklace pendant
    workshop seminar
    tournament cup
    team squad
    coach trainer
    fan supporter
    habit routine
    lifestyle habit
    memory recollection
    childhood youth
    teenager teen adolescent
    adult grownup
    elderly senior
    guest visitor
    stranger unknown
    """
}
