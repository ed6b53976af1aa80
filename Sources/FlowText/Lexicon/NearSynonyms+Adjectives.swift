extension NearSynonyms {
  /// Qualities, feelings and measures.
  static let adjectives: StaticString = """
    happy glad joyful cheerful delighted pleased
    sad upset down unhappy blue
    angry mad furious annoyed irritated
    afraid scared frightened terrified fearful
    nervous anxious worried uneasy
    excited thrilled eager
    tired exhausted weary fatigued
    surprised amazed astonished shocked
    bored dull
    lonely alone isolated
    proud pride
    jealous envious envy
    embarrassed ashamed
    grateful thankful appreciative
    calm peaceful serene relaxed
    confused puzzled perplexed
    stressed overwhelmed
    disappointed letdown
    injured wounded hurt
    sick unwell illness
    healthy fit
    good great nice excellent
    bad terrible awful horrible
    beautiful pretty gorgeous lovely
    ugly hideous
    big large huge enormous
    small little tiny
    tall high
    short brief
    old ancient
    young youthful
    new recent fresh latest
    fast quick rapid speedy
    slow sluggish
    easy simple
    hard difficult tough challenging
    important crucial significant key
    famous known popular
    rich wealthy
    poor broke
    expensive costly pricey
    cheap inexpensive affordable
    gratis complimentary
    clean tidy neat
    dirty messy filthy
    quiet silent
    loud noisy
    smart clever intelligent bright
    stupid dumb foolish
    kind caring compassionate
    funny hilarious humorous
    strange weird odd unusual
    interesting fascinating intriguing
    boring tedious
    delicious tasty yummy
    hungry starving
    hot warm
    cold chilly freezing
    dangerous risky unsafe hazardous
    safe secure
    strong powerful
    weak feeble
    real genuine authentic
    wrong incorrect mistaken
    correct accurate
    identical equal
    different distinct
    similar alike
    whole entire complete
    empty vacant
    full crowded
    busy occupied
    ready prepared
    main primary chief
    usual normal regular typical
    often frequently regularly
    sometimes occasionally
    always constantly
    maybe perhaps possibly
    soon shortly
    final ultimate
    favorite favourite beloved
    married wed
    single unmarried
    dead deceased
    vegan vegetarian
    """
}
