extension NearSynonyms {
  /// The words of software work.
  static let technical: StaticString = """
    error bug failure crash exception fault
    crash panic segfault abort
    bug defect issue
    outage incident downtime disruption
    fix patch hotfix bugfix
    resolve solve fix close
    workaround mitigation bypass
    cause culprit rootcause
    delete remove drop erase
    add insert append introduce
    create generate produce
    update modify edit amend
    change modification edit
    replace swap substitute
    rename relabel
    refactor rewrite restructure cleanup
    deploy release ship rollout
    rollback revert undo
    deployment release rollout
    launch golive release
    config settings configuration setup
    setting option preference parameter
    environment env
    variable var
    argument parameter arg
    function method routine
    directory folder
    file document
    repository repo
    branch fork
    commit checkin
    merge integrate
    pr review
    review approve
    database db
    query sql
    schema ddl
    migrate port
    backup snapshot
    restore recover recovery
    queue buffer
    server host machine
    service daemon
    endpoint route url
    request call
    response reply
    client customer consumer
    user account
    password passphrase credential
    token credential key
    login signin authentication
    auth authentication authorization
    permission access privilege
    certificate cert tls
    expire expiry
    encrypt cipher
    vulnerability exploit cve
    firewall acl
    limit cap quota threshold
    maximum max
    minimum min
    timeout deadline
    latency delay lag
    latency slowness bottleneck
    speed performance
    throughput qps rps
    performance efficiency
    memory ram
    leak oom
    cpu processor
    disk storage
    network connectivity
    connection socket
    disconnect drop
    retry reattempt
    restart reboot relaunch
    start boot run
    stop kill terminate shutdown
    execute invoke run
    install setup
    uninstall remove
    upgrade update bump
    downgrade rollback
    version release
    dependency package library
    library framework
    module component
    interface api
    test spec
    testing qa
    flaky intermittent unstable
    pass succeed
    coverage tested
    benchmark measure
    monitor observe track
    alert alarm page
    metric measurement stat
    dashboard panel
    trace stacktrace backtrace
    debug troubleshoot diagnose investigate
    reproduce repro
    script automation
    cron crontab
    job task
    thread concurrency
    lock mutex
    race concurrency
    deprecated obsolete legacy
    temporary interim
    production prod live
    staging preprod
    development dev
    frontend ui
    design architecture
    document docs
    spec specification requirement
    requirement constraint
    feature functionality capability
    ticket issue story
    deadline due
    milestone checkpoint
    priority urgency
    assign assignee owner
    owner maintainer responsible
    block blocker obstacle
    blocked stuck
    postpone defer
    approve accept sign
    decide decision agreed
    choose choice selected adopt
    propose suggest
    reject decline
    plan roadmap
    budget funding
    cost expense spend
    contract agreement
    customer client
    vendor supplier
    report summary
    meeting sync standup
    message notification
    email mail
    download fetch
    import load
    export dump
    parse decode
    serialize encode
    convert transform
    validate verify check
    filter exclude
    sort ordering
    search lookup find
    duplicate copy clone
    unique distinct
    empty blank
    null nil
    missing absent
    corrupt broken
    enable activate
    disable deactivate
    default fallback
    container docker
    cluster k8s kubernetes
    cloud hosting
    region zone
    replica standby
    primary master
    shard partition
    hash checksum digest
    identifier uuid
    label tag
    field column attribute
    row record entry
    list array
    dictionary map
    integer int
    boolean bool
    directory path
    byte octet
    """
}
