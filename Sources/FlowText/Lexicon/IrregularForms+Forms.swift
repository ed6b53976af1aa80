extension IrregularForms {
  /// A lemma and its forms on each line: verbs, then adjectives, then nouns.
  static let forms: StaticString = """
    arise arose arisen
    awake awoke awoken
    bear borne
    beat beaten
    become became
    befall befell befallen
    beget begot begotten
    begin began begun
    behold beheld
    bend bent
    beseech besought
    bid bade bidden
    bite bitten
    bleed bled
    blow blew blown
    break broke broken
    breed bred
    bring brought
    build built
    burn burnt
    buy bought
    catch caught
    choose chose chosen
    cling clung
    come came
    creep crept
    deal dealt
    dig dug
    draw drew drawn
    dream dreamt
    drink drank drunk
    drive drove driven
    dwell dwelt
    eat ate eaten
    fall fell fallen
    feed fed
    feel felt
    fight fought
    find found
    flee fled
    fling flung
    fly flew flown
    forbid forbade forbidden
    foresee foresaw foreseen
    foretell foretold
    forget forgot forgotten
    forgive forgave forgiven
    forgo forwent forgone
    forsake forsook forsaken
    freeze froze frozen
    get got gotten
    give gave given
    go went gone goes
    grow grew grown
    hang hung
    hear heard
    hew hewn
    hide hid hidden
    hold held
    interweave interwove interwoven
    keep kept
    kneel knelt
    know knew known
    lay laid
    lead led
    lean leant
    leap leapt
    learn learnt
    lend lent
    lie lain
    light lit
    lose lost
    make made
    mean meant
    meet met
    mimic mimicked mimicking
    mishear misheard
    mislay mislaid
    mislead misled
    misspeak misspoke misspoken
    misspell misspelt
    mistake mistook mistaken
    misunderstand misunderstood
    mow mown
    outdo outdid outdone
    outgrow outgrew outgrown
    outrun outran
    outsell outsold
    overcome overcame
    overdo overdid overdone
    overeat overate overeaten
    overhear overheard
    override overrode overridden
    overrun overran
    oversee oversaw overseen
    oversleep overslept
    overtake overtook overtaken
    overthrow overthrew overthrown
    overwrite overwrote overwritten
    panic panicked panicking
    partake partook partaken
    pay paid
    picnic picnicked picnicking
    plead pled
    prove proven
    rebuild rebuilt
    redo redid redone
    relight relit
    remake remade
    repay repaid
    rerun reran
    resell resold
    retake retook retaken
    retell retold
    rethink rethought
    rewind rewound
    rewrite rewrote rewritten
    ride rode ridden
    ring rang
    rise risen
    run ran
    say said
    see saw seen
    seek sought
    sell sold
    send sent
    sew sewn
    shake shook shaken
    shave shaven
    shear shorn
    shine shone
    show shown
    shrink shrank shrunk
    sing sang sung
    sink sank sunk
    sit sat
    slay slew slain
    sleep slept
    slide slid
    sling slung
    slink slunk
    smell smelt
    smite smote
    sneak snuck
    sow sown
    speak spoke spoken
    speed sped
    spell spelt
    spend spent
    spill spilt
    spin spun
    spit spat
    spoil spoilt
    spring sprang sprung
    stand stood
    steal stole stolen
    stick stuck
    sting stung
    stink stank stunk
    strew strewn
    stride strode stridden
    strike struck
    string strung
    strive strove striven
    swear swore sworn
    sweep swept
    swell swollen
    swim swam swum
    swing swung
    take took taken
    teach taught
    tear tore torn
    tell told
    think thought
    throw threw thrown
    traffic trafficked trafficking
    tread trod trodden
    undergo underwent undergone
    understand understood
    undertake undertook undertaken
    undo undid undone
    unwind unwound
    uphold upheld
    wake woke woken
    wear wore worn
    weave wove woven
    weep wept
    win won
    withdraw withdrew withdrawn
    withhold withheld
    withstand withstood
    wring wrung
    write wrote written
    good better best
    bad worse worst
    far further furthest farther farthest
    old elder eldest
    addendum addenda
    alumnus alumni
    analysis analyses
    appendix appendices
    automaton automata
    bacterium bacteria
    bookshelf bookshelves
    bureau bureaux
    bus buses busses
    businessman businessmen
    businesswoman businesswomen
    cactus cacti
    calf calves
    cameraman cameramen
    chairman chairmen
    chairwoman chairwomen
    chateau chateaux
    child children
    congressman congressmen
    congresswoman congresswomen
    corpus corpora
    craftsman craftsmen
    crisis crises
    criterion criteria
    curriculum curricula
    diagnosis diagnoses
    dormouse dormice
    dwarf dwarves
    elf elves
    emphasis emphases
    erratum errata
    fireman firemen
    fisherman fishermen
    focus foci
    foot feet
    foreman foremen
    freshman freshmen
    fungus fungi
    gas gases gasses
    gateau gateaux
    gentleman gentlemen
    genus genera
    godchild godchildren
    goose geese
    grandchild grandchildren
    gunman gunmen
    half halves
    handyman handymen
    hoof hooves
    housewife housewives
    hypothesis hypotheses
    index indices
    knife knives
    loaf loaves
    louse lice
    mailman mailmen
    man men
    matrix matrices
    memorandum memoranda
    midwife midwives
    mouse mice
    nucleus nuclei
    oasis oases
    ovum ova
    ox oxen
    parenthesis parentheses
    passerby passersby
    penny pence
    person people
    phenomenon phenomena
    plateau plateaux
    policeman policemen
    policewoman policewomen
    postman postmen
    prognosis prognoses
    quiz quizzes
    radius radii
    salesman salesmen
    saleswoman saleswomen
    scarf scarves
    schema schemata
    schoolchild schoolchildren
    self selves
    sheaf sheaves
    shelf shelves
    snowman snowmen
    spokesman spokesmen
    spokeswoman spokeswomen
    sportsman sportsmen
    sportswoman sportswomen
    stepchild stepchildren
    stigma stigmata
    stimulus stimuli
    stratum strata
    syllabus syllabi
    synopsis synopses
    synthesis syntheses
    tableau tableaux
    thesis theses
    thief thieves
    tooth teeth
    vertex vertices
    vortex vortices
    werewolf werewolves
    wharf wharves
    wife wives
    wolf wolves
    woman women
    workman workmen
    """
}
