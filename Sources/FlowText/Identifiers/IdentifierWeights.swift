/// How much an identifier tells, in thousandths, by kind and form.
///
/// The order is what counts: what can be looked up and is hard to say again in other words stands before what a
/// reader could guess. The table in `docs/identifiers.md` is this one.
enum IdentifierWeights {
  // MARK: Places
  static let url = 950
  static let host = 800
  static let email = 900
  static let longPath = 950
  static let path = 850
  static let fileName = 750
  static let folder = 500
  static let route = 450

  // MARK: Codes
  static let digest = 900
  static let shortHash = 750
  static let uuid = 900
  static let version = 700
  static let shortVersion = 600
  static let code = 800
  static let address = 750
  static let reference = 600
  static let codeName = 550
  static let shortCode = 400
  static let tag = 300
  static let handle = 400

  // MARK: Words
  static let commandLine = 850
  static let command = 750
  static let codeText = 600
  static let flag = 450
  static let quotation = 450
  static let quotedWord = 250
  static let fullName = 700
  static let name = 500
  static let acronym = 400
  static let commonName = 200

  // MARK: Times
  static let day = 850
  static let dayOfYear = 700
  static let month = 600
  static let year = 450
  static let monthOfYear = 350
  static let weekday = 300
  static let relativeDate = 250
  static let clock = 600
  static let hour = 500

  // MARK: Numbers
  static let money = 750
  static let measure = 700
  static let counted = 500
  static let longNumber = 450
  static let number = 300
  static let countedWord = 250
  static let smallNumber = 100
}
