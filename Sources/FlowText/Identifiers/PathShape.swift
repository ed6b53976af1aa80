/// What a run of segments between slashes looks like: a path, or alternatives such as "and/or".
struct PathShape {
  let weight: Int?

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    weight = Self.weight(bytes, range)
  }

  private static func weight(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    var segments = 0
    var marked = 0
    var letters = 0
    var start = range.lowerBound
    var last = start..<start
    var hasPattern = false
    var backslashes = 0
    for index in range.lowerBound...range.upperBound {
      let isEnd = index == range.upperBound
      if !isEnd, bytes[index] != UInt8(ascii: "/"), bytes[index] != UInt8(ascii: "\\") {
        if ASCII.isLetter(bytes[index]) || bytes[index] >= 0x80 { letters += 1 }
        if bytes[index] == UInt8(ascii: "*") { hasPattern = true }
        continue
      }
      if !isEnd, bytes[index] == UInt8(ascii: "\\") { backslashes += 1 }
      if index > start {
        segments += 1
        last = start..<index
        if isMarked(bytes, last) { marked += 1 }
      }
      start = index + 1
    }
    guard segments > 0, letters > 0 else { return nil }
    let isFile = FileNames.isFile(bytes, last) && last.upperBound == range.upperBound
    let full = segments > 2 ? IdentifierWeights.longPath : IdentifierWeights.path
    if isRooted(bytes, range) {
      if segments > 1 || isFile { return full }
      let isRoute = bytes[range.lowerBound] != UInt8(ascii: "/") || last.count > 1 && letters > 1
      return isRoute ? IdentifierWeights.route : nil
    }
    if backslashes > 0 {
      // Escapes such as `\n` stand between words too.
      return isDrive(bytes, range) || backslashes > 1 && isFile ? full : nil
    }
    if isFile || hasPattern { return full }
    let first = range.prefix { bytes[$0] != UInt8(ascii: "/") }
    let isKnown = FileNames.folders.contains(
      EnglishLexicon.Key(String(decoding: bytes[first.lowerBound..<first.upperBound], as: UTF8.self))
    )
    if last.upperBound < range.upperBound, segments == 1 {
      return letters > 1 && (isKnown || marked > 0) ? IdentifierWeights.folder : nil
    }
    if isKnown { return segments > 1 ? full : nil }
    return segments > 2 && marked > 0 || segments == 2 && marked > 0 && hasLowLine(bytes, range)
      ? IdentifierWeights.path : nil
  }

  /// `/…`, `~/…`, `./…`, `../…`, `C:\…`, `\\server\…`.
  private static func isRooted(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    let first = bytes[range.lowerBound]
    if first == UInt8(ascii: "/") { return true }
    if isDrive(bytes, range) { return true }
    let second = bytes.byte(at: range.lowerBound + 1)
    switch first {
    case UInt8(ascii: "~"): return second == UInt8(ascii: "/")
    case UInt8(ascii: "."):
      return second == UInt8(ascii: "/")
        || second == UInt8(ascii: ".") && bytes.byte(at: range.lowerBound + 2) == 0x2F
        || ASCII.isLetter(second)
    case UInt8(ascii: "\\"): return second == UInt8(ascii: "\\") && range.count > 4
    default: return false
    }
  }

  private static func isDrive(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    range.count > 3 && ASCII.isLetter(bytes[range.lowerBound])
      && bytes[range.lowerBound + 1] == UInt8(ascii: ":")
  }

  /// A segment that no plain word looks like.
  private static func isMarked(_ bytes: UnsafeBufferPointer<UInt8>, _ segment: Range<Int>) -> Bool {
    for index in segment {
      let byte = bytes[index]
      if byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || ASCII.isDigit(byte) { return true }
      if index > segment.lowerBound, ASCII.isUpper(byte), ASCII.isLower(bytes[index - 1]) { return true }
    }
    return false
  }

  private static func hasLowLine(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    range.contains { bytes[$0] == UInt8(ascii: "_") || bytes[$0] == UInt8(ascii: ".") }
  }
}

/// File names by their extension, and the closed lists beside them.
enum FileNames {
  /// Whether a segment ends in an extension of a file type in common use, or is a file's name without one.
  static func isFile(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard let dot = range.lastIndex(where: { bytes[$0] == UInt8(ascii: ".") }) else {
      return wholeNames.contains(EnglishLexicon.Key(String(decoding: bytes[range], as: UTF8.self)))
    }
    let suffix = dot + 1..<range.upperBound
    guard (1...12).contains(suffix.count) else { return false }
    var key = EnglishLexicon.Key()
    for index in suffix { key.append(ASCII.isUpper(bytes[index]) ? bytes[index] | 0x20 : bytes[index]) }
    if dot == range.lowerBound { return hiddenNames.contains(key) }
    guard extensions.contains(key) else { return false }
    // `.env.local`, `a.b.swift`; the rest is what names are made of.
    return range.allSatisfy { index in
      ASCII.isAlphanumeric(bytes[index]) || bytes[index] >= 0x80 || "._-+~#@*$%".utf8.contains(bytes[index])
    }
  }

  private static let wholeNames = IdentifierWords.words(
    "Makefile Dockerfile LICENSE Gemfile Procfile Rakefile"
  )

  private static let hiddenNames = IdentifierWords.words(
    """
    env gitignore gitattributes bashrc zshrc profile npmrc nvmrc dockerignore editorconfig eslintrc prettierrc babelrc
    swiftlint clang-format github git vscode venv ssh htaccess
    """
  )

  private static let extensions = IdentifierWords.words(
    """
    swift py js mjs cjs ts tsx jsx c h cc cpp cxx hpp hh m mm rs go java kt kts scala rb php pl pm lua r jl dart ex exs
    erl hs ml clj cs fs vb sh bash zsh fish ps1 bat cmd sql html htm css scss sass less vue svelte xml xsl xsd json jsonl
    ndjson json5 yaml yml toml ini cfg conf config env properties lock plist md markdown rst txt text adoc tex bib csv tsv
    xls xlsx doc docx ppt pptx odt ods pdf ps epub png jpg jpeg gif svg webp bmp ico tif tiff heic psd mp3 mp4 m4a wav
    flac ogg avi mov mkv webm zip tar gz tgz bz2 xz zst 7z rar jar war whl egg deb rpm dmg iso exe dll so dylib a o lib
    bin dat data db sqlite sqlite3 parquet feather npy npz pkl h5 hdf5 onnx pt pth safetensors gguf log out err bak tmp
    swp orig patch diff ipynb proto graphql gradle cmake mk tf tfvars service socket pem crt cer key csr pub local
    example sample template lproj xcodeproj wasm map min
    """
  )

  static let topLevels = IdentifierWords.words(
    "com org net edu gov mil int io ai dev app co uk kr jp cn de fr eu us ca au in ch nl se info biz me tv xyz cloud site"
  )

  /// The first segments of paths that look like plain words otherwise.
  static let folders = IdentifierWords.words(
    """
    src lib usr etc var home tmp opt bin docs doc tests test app apps api Sources Tests Resources node_modules dist build
    public static assets config configs scripts cmd pkg internal data projects packages include vendor examples
    Benchmarks Scripts crates modules components services utils migrations templates .github .git .venv
    """
  )

  /// Words behind `#` that are no tags.
  static let directives = IdentifierWords.words(
    "include define undef ifdef ifndef endif else elif pragma error warning import region endregion line"
  )
}
