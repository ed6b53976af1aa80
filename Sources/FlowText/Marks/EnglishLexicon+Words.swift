// The lists are closed classes of English (Quirk et al., "A Comprehensive Grammar of the English Language",
// 1985: time adjuncts 8.51-8.77, pronouns 6, auxiliaries 3), not words seen in some collection.
extension EnglishLexicon {
  static func addTimes(to lexicon: inout EnglishLexicon) {
    lexicon.addCalendar()
    lexicon.addDeixis()
    lexicon.addNumbers()
  }

  private mutating func addCalendar() {
    let months = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
      "november", "december",
    ]
    let short = ["jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "oct", "nov", "dec"]
    for (index, name) in months.enumerated() {
      add(name, name == "may" || name == "march" ? .ambiguousMonth : .month, index + 1)
      add(short[index], .shortMonth, index + 1)
    }
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    let shortDays = ["mon", "tue tues", "wed", "thu thur thurs", "fri", "sat", "sun"]
    for (index, name) in days.enumerated() {
      add("\(name) \(name)s", .weekday, index + 1)
      add(shortDays[index], .shortWeekday, index + 1)
    }
    add("spring", [.season, .ambiguousSeason], 3)
    add("summer summers summertime", .season, 6)
    add("autumn autumns", .season, 9)
    add("fall", [.season, .ambiguousSeason], 9)
    add("winter winters wintertime", .season, 12)
    add("springtime", .season, 3)
    let units: [(String, TimeUnit)] = [
      ("seconds", .second), ("minute minutes min mins", .minute), ("hour hours", .hour), ("day days", .day),
      ("week weeks", .week), ("month months", .month), ("year years", .year), ("weekend weekends", .weekend),
      ("decade decades", .decade),
    ]
    for (words, unit) in units { add(words, .unit, unit.rawValue) }
    add("fortnight", .daySpan, 14)
    add("morning mornings afternoon afternoons evening evenings night nights", .dayPart)
    add("midnight noon midday dawn dusk sunrise sunset daybreak nightfall", .dayPart)
    add("am pm o'clock a_m p_m", .clockMark)
  }

  private mutating func addDeixis() {
    add("today today's tonight", .relativeDay, 0)
    add("yesterday", .relativeDay, -1)
    add("last_night", .relativeDay, -1)
    add("tomorrow", .relativeDay, 1)
    add("day_before_yesterday the_day_before_yesterday", .relativeDay, -2)
    add("day_after_tomorrow the_day_after_tomorrow", .relativeDay, 2)
    add("the_other_day", .timeAdverb)
    add("recently lately soon nowadays currently previously formerly overnight upcoming", .timeAdverb)
    add("right_now at_the_moment these_days so_far up_to_now some_day someday one_day", .timeAdverb)
    add(
      "daily weekly monthly yearly annually hourly nightly fortnightly quarterly weekday weekdays",
      .timeAdverb
    )
    add("last past previous", [.modifier, .beforeMonth], -1)
    add("this current", .modifier, 0)
    add("next coming following", [.modifier, .beforeMonth], 1)
    add("ago", .ago)
    add("from_now from_today", .hence)
    add("earlier", [.part, .timeAdverb], -1)
    add("later", [.part, .timeAdverb], 1)
    add("before", [.before, .preposition], -1)
    add("after", .preposition, 1)
    add("in during", [.preposition, .beforeMonth, .beforeYear])
    add("since", [.since, .preposition, .beforeMonth, .beforeYear])
    add("until till by after before", [.preposition, .beforeYear])
    add("on from around between through throughout for", .preposition)
    add("at to about", .preposition)
    add("of", [.of])
    add("early late mid", [.stage, .beforeMonth, .beforeYear])
    add("every each", .every)
    add("a an the", .article)
  }

  private mutating func addNumbers() {
    let words = [
      "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
      "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ]
    for (index, word) in words.enumerated() { add(word, .number, index + 1) }
    add("thirty", .number, 30)
    add("forty", .number, 40)
    add("fifty", .number, 50)
    add("hundred", .number, 100)
    add("couple a_couple_of couple_of a_couple", .number, 2)
    add("few several a_few", [.number, .vague], 3)
    let ordinals = [
      "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ]
    for (index, word) in ordinals.enumerated() { add(word, .ordinal, index + 1) }
  }

  static func addMarks(to lexicon: inout EnglishLexicon) {
    lexicon.add(
      "i me my mine myself i'm i've i'd i'll we us our ours ourselves we're we've we'd we'll",
      .firstPerson
    )
    lexicon.add("i we you he she it they there this that these those", .subject)
    lexicon.add("you your yours you're you've you'd you'll", .secondPerson)
    lexicon.add("always never", .ruleAdverb)
    lexicon.add(
      """
      from_now_on from_this_point_on from_here_on from_today_on going_forward moving_forward in_future
      every_time_i_ask each_time_i_ask whenever_i_ask when_i_ask whenever_i_say when_i_say_that
      whenever_you_answer whenever_you_reply whenever_you_respond whenever_you_write when_you_answer
      when_you_reply when_you_respond make_sure_you_always make_sure_to_always make_sure_you_never
      make_sure_to_never be_sure_to_always you_must_always you_must_never you_should_always
      you_should_never don't_ever do_not_ever
      """,
      .rule
    )
    lexicon.add("remember_to don't_forget_to", .ruleAdverb)
    lexicon.add("never_mind never_been never_had never_heard never_seen never_thought never_again", .nothing)
    lexicon.add(
      """
      really also do always never absolutely still just especially usually generally truly particularly
      personally much so very quite actually definitely
      """,
      .degree
    )
    lexicon.add(
      "so very much there again all everyone for your help and to you me hear back too dear",
      .filler
    )
    lexicon.add("please kindly", .please)
    lexicon.add("not don't doesn't didn't can't cannot", .negation)
    lexicon.add("prefer prefers preferred preferable preference preferences", .preference)
    lexicon.add("favourite favourites favorite favorites", .preference)
    lexicon.add(
      "i'd_rather i_would_rather we'd_rather we_would_rather i_hate i_dislike",
      [.preference, .firstPerson]
    )
    lexicon.add("can't_stand cannot_stand not_a_fan_of a_fan_of big_fan_of fond_of", .liking)
    lexicon.add("like love hate dislike enjoy loathe adore detest", .liking)
    lexicon.add(
      """
      hi hello hey howdy greetings bye goodbye cheers thanks thank thx ty welcome ok okay cool nice great
      good_morning good_afternoon good_evening good_night good_day see_you see_ya take_care thank_you
      thank_you_so_much thanks_a_lot you're_welcome no_problem nice_to_meet_you how_are_you
      how_are_you_doing sure yes yeah yep no nope wow oh ah haha perfect awesome sounds_good got_it
      have_a_good_day have_a_nice_day have_a_great_day talk_to_you_later my_pleasure
      """,
      .greeting
    )
  }

  static func addQuestions(to lexicon: inout EnglishLexicon) {
    lexicon.add("what which who whom whose where when why how", .interrogative)
    lexicon.add("what's who's where's when's why's how's what're who're who'd who'll", .interrogative)
    lexicon.add(
      """
      am is are was were do does did have has had will would shall should can could may might must
      isn't aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't won't wouldn't shouldn't
      can't couldn't
      """,
      .auxiliary
    )
    lexicon.add("who whom whose who's who'd who'll who're", .who)
    lexicon.add("how_many how_much", [.howMany, .interrogative])
    lexicon.add("the_number_of number_of_times", .howMany)
    lexicon.add("know knew remember recall tell say and or exactly sure find remind show figure", .asking)
    lexicon.add("when when's", .when)
    for noun in ["date", "day", "month", "year", "time", "week", "season", "weekday", "decade", "century"] {
      lexicon.add("what_\(noun) which_\(noun) what_\(noun)s which_\(noun)s", [.when, .interrogative])
    }
    lexicon.add("what_time_of_day what_day_of_the_week", [.when, .interrogative])
    lexicon.add(
      "how_long_ago since_when until_when by_when how_long how_recently how_soon what_was_the_date the_date_of",
      [.when, .interrogative]
    )
    for unit in ["seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades"] {
      lexicon.add("how_many_\(unit) how_many_more_\(unit)", [.when, .howMany, .interrogative])
    }
    lexicon.add(
      """
      summarise summarize summary summaries summarised summarized overview recap timeline chronology
      chronological chronologically throughout in_order in_the_order the_order_in_which what_order
      order_of_events which_order walk_me_through take_me_through over_time sequence_of_events so_far
      evolve evolved progression step_by_step
      """,
      .overview
    )
    // The assistant's speech acts: what "you" did in words.
    let acts = """
      advise advised suggest suggested recommend recommended explain explained tell told say said mention
      mentioned propose proposed give gave answer answered describe described list listed write wrote
      provide provided show showed
      """
    for act in acts.split(whereSeparator: \.isWhitespace) {
      lexicon.add(
        "you_\(act) you_\(act)_me you_just_\(act) you_had_\(act) you_have_\(act) you've_\(act)",
        .answers
      )
    }
    lexicon.add("did_you", [.answers, .auxiliary])
    for noun in [
      "advice", "suggestion", "suggestions", "recommendation", "recommendations", "answer", "answers",
      "explanation", "response", "reply", "instructions", "proposal", "example", "examples",
    ] {
      lexicon.add("your_\(noun) your_last_\(noun) your_previous_\(noun) your_earlier_\(noun)", .answers)
    }
  }
}
