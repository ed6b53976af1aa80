import FlowText

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// What can only be measured from Swift. Benchmarks/tokens.py runs this beside the other counters.
//
//   flow-bench passes ENCODING CHARACTERS FILE...   counts the files, cut into documents of so many
//                                                   characters (0: whole), twice
//   flow-bench blocks ENCODING LISTS SEED           counts random lists of blocks by block and whole
//   flow-bench recall-index STEPS FILE              fills the recall index of a new memory database, and reads it
//   flow-bench retrieve STEPS FOLDER [QUERIES]       fills FOLDER with an archive of so many steps if it has none, and
//                                                   makes prompts from it; Benchmarks/recall.py runs this
//   flow-bench assemblies COUNT SEED FOLDER        random prompts, and whether each keeps its promises
//   flow-bench plan ROOT GROWING ROUNDS PROJECT...   changes of plans, beside the disk writes that they need;
//                                                   Benchmarks/plan.py runs this
//   flow-bench roll-up ROOT PROJECT STEPS ROUNDS   adds steps to an archive of so many, with and without a roll-up due;
//                                                   Benchmarks/rollup.py runs this
//   flow-bench recall-features ROOT PROJECT QUESTIONS  the features of each candidate of each question
//   flow-bench recall-scores ROOT PROJECT QUESTIONS BUDGETS [defaults]  what stands in prompts by given weights
//
// Prints one line of JSON; times that end in _s are CPU seconds of the process, but for recall-index and retrieve.

do {
  try await run(CommandLine.arguments)
} catch {
  fail("flow-bench: \(error)")
}

func run(_ arguments: [String]) async throws {
  if arguments.count == 4, arguments[1] == "recall-index", let steps = Int(arguments[2]), steps > 0 {
    var bench = RecallIndexBench(steps: steps, path: arguments[3])
    print(try await bench.json())
    return
  }
  if [4, 5].contains(arguments.count), arguments[1] == "retrieve", let steps = Int(arguments[2]), steps > 0 {
    let queries = arguments.count == 5 ? Int(arguments[4]) ?? 0 : 200
    print(try await RetrieveBench(steps: steps, folder: arguments[3], queries: max(1, queries)).json())
    return
  }
  if arguments.count == 5, arguments[1] == "assemblies", let count = Int(arguments[2]),
    let seed = UInt64(arguments[3])
  {
    var assemblies = RandomAssemblies(count: count, seed: seed, folder: arguments[4])
    print(try await assemblies.json())
    return
  }
  if arguments.count > 5, arguments[1] == "plan", let rounds = Int(arguments[4]), rounds > 0 {
    let bench = PlanBench(
      root: arguments[2],
      changed: Array(arguments[5...]),
      growing: arguments[3],
      rounds: rounds
    )
    print(try await bench.json())
    return
  }
  if arguments.count == 6, arguments[1] == "roll-up", let steps = Int(arguments[4]),
    let rounds = Int(arguments[5]), rounds > 0
  {
    let bench = RollUpBench(root: arguments[2], project: arguments[3], steps: steps, rounds: rounds)
    print(try await bench.json())
    return
  }
  if arguments.count == 5, arguments[1] == "recall-features" {
    try await RecallFeatures(root: arguments[2], project: arguments[3], questions: arguments[4]).write()
    return
  }
  if arguments.count == 6 || arguments.count == 7, arguments[1] == "recall-scores" {
    try await RecallScores(
      root: arguments[2],
      project: arguments[3],
      questions: arguments[4],
      budgets: arguments[5],
      isDefault: arguments.last == "defaults"
    ).write()
    return
  }
  guard arguments.count >= 5, let tokenizer = BytePairTokenizer.named(arguments[2]),
    let number = Int(arguments[3])
  else { failUsage() }

  switch arguments[1] {
  case "passes":
    let texts = arguments[4...].flatMap { documents(of: $0, characters: number) }
    print(Passes(of: texts, by: tokenizer).json)
  case "blocks":
    guard let seed = UInt64(arguments[4]) else { failUsage() }
    print(BlockLists(count: number, seed: seed, by: tokenizer).json)
  default:
    failUsage()
  }
}
