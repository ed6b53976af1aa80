extension SemanticFields {
  /// Projects and their people, time and measure.
  static let work: StaticString = """
    project undertaking initiative: app website migration launch release prototype redesign campaign \
      refactor research dashboard report novel course startup milestone
    meeting: standup retro retrospective kickoff demo review planning sync interview workshop call \
      conference briefing onboarding
    task ticket work_item todo: bug feature story epic subtask chore spike issue fix refactor review
    project_management process methodology: agile scrum kanban sprint backlog milestone roadmap waterfall \
      standup retrospective velocity estimate burndown gantt epic
    deadline due_date schedule timeline: date day week month monday friday tomorrow today january \
      february march april june july august september october november december eod
    status progress: blocked open closed pending active failed running completed cancelled paused draft \
      merged started finished
    priority severity urgency: critical high low medium urgent blocker minor major p0 p1 p2 sev1
    decision choice conclusion: decided chose agreed approved rejected selected picked settled adopted \
      switched
    risk threat: delay outage breach overrun leak failure dependency vulnerability regression lockin
    requirement constraint specification: latency budget deadline compliance limit accessibility \
      compatibility security uptime
    deliverable output artifact: report presentation design prototype document build binary spec \
      dashboard slide mockup release diagram
    department team: engineering marketing sales finance hr legal support design operations product \
      research security qa platform infrastructure backend frontend procurement
    job_title position rank seniority: intern junior senior lead manager director president ceo cto cfo \
      engineer analyst associate principal staff head founder vp architect
    metric kpi measurement: latency throughput revenue conversion retention churn uptime accuracy \
      coverage availability error rate count percentile p95 p99 recall precision
    unit: meter metre kilometer mile foot inch yard centimeter millimeter gram kilogram pound ounce ton \
      liter litre gallon cup byte kilobyte megabyte gigabyte second degree celsius fahrenheit watt volt
    duration time_unit period length: second minute hour day week month year decade century millisecond \
      quarter fortnight
    time_of_day part_of_day: morning noon afternoon evening night midnight dawn dusk sunrise sunset
    date: january february march april june july august september october november december monday \
      tuesday wednesday thursday friday saturday sunday today yesterday tomorrow
    contact contact_details contact_information: phone email address number telephone
    frequency regularity: daily weekly monthly yearly annually hourly always often sometimes never rarely \
      twice usually
    """
}
