import FlowText

// What can only be measured from Swift. Benchmarks/tokens.py runs this beside the other counters.
//
//   flow-bench passes ENCODING CHARACTERS FILE...   counts the files, cut into documents of so many
//                                                   characters (0: whole), twice
//   flow-bench blocks ENCODING LISTS SEED           counts random lists of blocks by block and whole
//
// Prints one line of JSON; times are CPU seconds of the process.

let arguments = CommandLine.arguments
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
