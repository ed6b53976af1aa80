extension NearSynonyms {
  /// One word spelt in two ways.
  static let spellings: StaticString = """
    colour color
    favour favor
    honour honor
    labour labor
    humour humor
    behaviour behavior
    rumour rumor
    harbour harbor
    centre center
    theatre theater
    metre meter
    litre liter
    fibre fiber
    grey gray
    tyre tire
    programme program
    organise organize
    organisation organization
    realise realize
    recognise recognize
    apologise apologize
    memorise memorize
    optimise optimize
    initialise initialize
    normalise normalize
    serialise serialize
    synchronise synchronize
    prioritise prioritize
    summarise summarize
    customise customize
    analyse analyze
    catalogue catalog
    dialogue dialog
    defence defense
    licence license
    offence offense
    practise practice
    cheque check
    jewellery jewelry
    mum mom
    pyjamas pajamas
    doughnut donut
    yoghurt yogurt
    whisky whiskey
    moustache mustache
    aluminium aluminum
    aeroplane airplane
    plough plow
    sceptical skeptical
    cosy cozy
    storey story
    skilful skillful
    judgement judgment
    artefact artifact
    okay ok
    website site webpage
    """
}
