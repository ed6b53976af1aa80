extension NearSynonyms {
  /// What people do, in everyday words.
  static let verbs: StaticString = """
    buy purchase get order acquire
    sell sale resell
    begin start launch commence kickoff
    open launch unveil inaugurate
    finish complete end conclude wrap
    stop quit cease halt
    leave depart exit
    arrive reach come land
    return back comeback
    attend participate
    move relocate transfer resettle
    stay remain lodge
    live reside inhabit settle
    meet encounter
    talk speak chat discuss converse
    say tell mention remark
    ask inquire request question
    answer reply respond response
    explain describe clarify
    call phone dial
    write compose author pen draft
    read peruse
    learn study master
    teach instruct tutor train educate
    practice train rehearse
    think believe consider reckon suppose
    decide choose pick select opt
    prefer favor favourite favorite
    love enjoy adore like
    dislike hate detest loathe
    want wish desire
    need require necessitate
    plan intend aim
    try attempt effort
    help assist aid support
    give donate gift contribute
    receive get obtain
    carry grab
    bring fetch deliver carry
    send mail ship post
    keep retain
    lose misplace
    find discover locate spot
    search seek look hunt
    see watch view observe notice
    show display exhibit
    listen hear
    make create build produce construct
    build construct erect assemble
    eat dine consume
    drink sip
    grow increase raise cultivate
    increase rise grow climb gain
    decrease reduce drop decline lower shrink
    change alter modify adjust switch
    improve enhance boost upgrade refine
    fix repair mend solve resolve patch
    break damage smash
    clean tidy wash
    throw toss discard dump trash
    hurt injure harm
    recover heal recuperate
    die pass death perish
    marry wed
    divorce separate split
    argue fight quarrel dispute
    fight battle struggle
    win beat triumph victory
    defeat loss
    pay spend cost
    earn income
    save conserve
    borrow lend loan
    rent lease hire
    hire recruit employ
    fire dismiss sack layoff
    resign quit retire
    promote advance
    apply application
    join enlist enroll
    possess belong
    share split
    agree consent accept
    refuse decline reject deny
    allow permit let enable
    forbid ban prohibit block
    promise vow pledge swear
    suggest recommend propose advise
    warn alert caution
    remember recall recollect
    forget overlook
    realize understand grasp comprehend
    worry fret anxious
    cry weep sob
    laugh giggle chuckle
    smile grin
    sleep nap doze rest
    relax unwind chill
    wake awake
    jog run
    walk stroll hike
    exercise workout train
    sing vocal
    draw sketch paint illustrate
    celebrate festivity
    organize arrange plan host
    adopt foster
    raise nurture parent
    travel journey trip
    fly flight
    hurry rush
    wait await
    follow track
    continue proceed resume
    cancel scrap
    postpone delay defer reschedule
    happen occur
    cause trigger provoke
    prevent avoid stop
    protect defend guard
    check verify inspect examine
    elect vote
    compare contrast
    count number tally
    guess estimate
    measure gauge
    collect gather accumulate
    hide conceal
    steal rob theft
    arrest detain
    sue lawsuit
    hug embrace cuddle
    kiss smooch
    thank grateful appreciate
    apologize sorry
    complain gripe grumble
    praise compliment
    encourage inspire motivate
    support backing
    achieve accomplish attain reach
    succeed success
    fail failure flop
    publish release print
    translate interpret
    photograph photo picture snap
    decorate adorn
    taste flavor flavour
    smell scent odor
    """
}
