/// The closed lists of words that the rules of names, commands and versions look at.
enum IdentifierWords {
  typealias Words = Set<EnglishLexicon.Key>

  static func words(_ list: String) -> Words {
    Set(list.split(whereSeparator: \.isWhitespace).map { EnglishLexicon.Key($0) })
  }

  /// Between the parts of a name: Bank of America, Leonardo da Vinci.
  static let particles = words("of de da di do du del della der den van von la le el al bin ibn y")

  /// Before a name, with a full stop or without.
  static let titles = words("mr mrs ms mx dr prof st mt sgt capt col gen lt sen rep gov rev hon jr sr")

  /// Before a hyphen and a number without making a code of them: mid-2023, top-10.
  static let prefixes = words(
    "mid top early late pre post under over non sub re plus sub-plus all one two three ex anti pro"
  )

  /// Written in capitals for emphasis, or as marks of logs and code.
  static let shouted = words(
    """
    not and or no yes ok never always must should shall may all any only note warning warn error info debug
    fatal trace todo fixme true false null none nil nan important please stop do don't am pm ad bc lol omg wow
    fyi asap aka eg ie vs etc tbd tba rip diy ps re fwd if else then end for in is it of on to the a an with from
    pass fail failed passed done new old this that select where insert update delete create table join order by
    group into values set as like between having limit left right inner outer case when id ok
    """
  )

  /// Words that begin sentences and items, beside those of the lexicon: imperatives of instructions, interjections
  /// and conjunctive adverbs.
  static let openers = words(
    """
    add allow apply ask avoid build bring buy call change check choose click close compare complete configure confirm
    consider contact continue convert copy create define delete describe design determine develop discuss download
    edit enable ensure enter establish evaluate examine explore find fix focus follow get give go help identify
    implement import include increase initialize install keep learn leave let list load look make manage meet mention
    monitor move navigate note offer open optimize organize perform plan prepare print provide put read reduce
    remove replace report research review run save search see select send set share specify start stay stop store
    submit suggest take talk test think thank track try turn understand update upload use using verify view visit
    wait watch work write additionally alternatively also anyway besides certainly congrats congratulations
    finally firstly further furthermore given glad gonna gotta haha hmm however indeed instead lastly later
    lol maybe meanwhile moreover nah nevertheless next nope oops otherwise overall perhaps secondly similarly
    sorry specifically still sounds therefore thus today totally true ugh unfortunately well whoa woah yay yup yikes
    dear hope hopefully looks looking based due both each every another once until while such many most some
    """
  )

  /// Sounds rather than words.
  static let interjections = words(
    """
    uh um hmm mm mmm er erm huh eh aha ah oh hm mhm wow woohoo woo yum phew darn geez gosh aww aw hooray hurray kudos gotcha
    bravo ciao heya hiya ouch oof psst shh ugh yay yikes yeah yep nope haha hehe lol
    """
  )

  /// Labels of fields and headings.
  static let labels = words(
    """
    action address agent amount answer assistant author body cc channel code command comment content context
    cost count created currency customer date day deadline default description details email error example
    file from goal hint id image info input instruction instructions issue key label language level line link
    location message method mode model month name note notes number option order output owner page parameters part
    password path payment phase phone policy price priority problem project prompt purpose question reason
    reference request response result results role rule section sender size solution source stage state status step
    steps subject summary system table tag task team text time tip title to tool topic total type unit update url
    user usage value version warning week year figure chapter section appendix item example round season episode
    grade act scene verse line unit class
    """
  )

  /// What begins a line of code.
  static let codeStarts = words(
    "import from class def func function return const let var using public private static package struct enum interface"
  )

  /// Objects of code that stand before a full stop.
  static let objects = words(
    "self this os sys np pd plt db app req res process window document console math json ctx torch tf re"
  )

  /// Before a version number without dots enough to be told by its form.
  static let products = words(
    """
    python swift node nodejs java javascript typescript go golang rust ruby php perl kotlin scala ubuntu debian
    fedora centos alpine linux macos ios android windows postgres postgresql mysql mariadb sqlite redis mongodb
    docker kubernetes react vue angular bootstrap django flask rails spring tensorflow pytorch numpy pandas cuda
    gcc clang llvm cmake xcode npm pip git html css gpt claude llama gemini openssl tls http oauth unicode
    version release chrome firefox safari elasticsearch kafka nginx terraform ansible webpack vite
    """
  )

  /// The commands of shells and of developers that begin a line.
  static let tools = words(
    """
    git make npm npx yarn pnpm node bun deno docker podman kubectl helm terraform ansible curl wget ssh scp rsync swift
    swiftc python python3 pip pip3 pipx poetry uv conda pytest go cargo rustc gcc clang cmake ninja java javac mvn
    gradle ruby gem bundle rails php composer dotnet brew apt apt-get dnf yum pacman systemctl journalctl sudo
    chmod chown mkdir rm cp mv ls cat grep rg sed awk find tar gzip unzip zip export source echo ps kill psql mysql
    sqlite3 redis-cli aws gcloud az gh jq vim nano code flowctl openssl ping dig touch ln df du head tail cd
    """
  )
}

extension EnglishLexicon.Key {
  init(_ word: some StringProtocol) {
    self.init()
    for byte in word.utf8 { append(byte) }
  }
}
