/// Documents that are right or wrong in one way each, to see that schema and reader judge alike.
enum SchemaDocuments {
  struct Document: Sendable {
    let json: String
    let isValid: Bool
  }

  private static func right(_ documents: String...) -> [Document] {
    documents.map { Document(json: $0, isValid: true) }
  }

  private static func wrong(_ documents: String...) -> [Document] {
    documents.map { Document(json: $0, isValid: false) }
  }

  private static func plan(_ task: String) -> String { #"{"project":"p","tasks":[\#(task)]}"# }

  /// Each as a project's workflow.json: read by `task list`.
  static let workflows =
    right(
      #"{"project":"p","tasks":[]}"#,
      #"{"schema":1,"project":"p","created":"2024-04-12","revision":0,"rev_floor":0,"last_task":7,"tasks":[],"colour":{"any":1}}"#,
      #"{"schema":null,"project":"other","created":null,"revision":null,"tasks":[]}"#,
      plan(#"{"id":"T001","name":"","status":"doing","deps":null,"rev":1,"meta":{"owner":7},"x":null}"#),
      plan(
        #"{"id":"데이터-1","name":"n","status":"blocked","meta":null},{"id":"b","name":"n","status":"todo","deps":["데이터-1"]}"#
      )
    )
    + wrong(
      "[]",
      "3",
      "{}",
      #"{"project":"p"}"#,
      #"{"tasks":[]}"#,
      #"{"project":7,"tasks":[]}"#,
      #"{"project":"p","tasks":{}}"#,
      #"{"schema":2,"project":"p","tasks":[]}"#,
      #"{"schema":0,"project":"p","tasks":[]}"#,
      #"{"project":"p","revision":-1,"tasks":[]}"#,
      #"{"project":"p","revision":1.5,"tasks":[]}"#,
      #"{"project":"p","revision":9007199254740993,"tasks":[]}"#,
      #"{"project":"p","created":"yesterday","tasks":[]}"#,
      #"{"project":"p","created":7,"tasks":[]}"#,
      plan("7"),
      plan("{}"),
      plan(#"{"name":"n","status":"todo"}"#),
      plan(#"{"id":"a","status":"todo"}"#),
      plan(#"{"id":"a","name":"n"}"#),
      plan(#"{"id":"a","name":"n","status":"open"}"#),
      plan(#"{"id":"a b","name":"n","status":"todo"}"#),
      plan(#"{"id":"","name":"n","status":"todo"}"#),
      plan(#"{"id":"a,b","name":"n","status":"todo"}"#),
      plan(#"{"id":7,"name":"n","status":"todo"}"#),
      plan(#"{"id":"\#(String(repeating: "x", count: 65))","name":"n","status":"todo"}"#),
      plan(#"{"id":"a","name":["n"],"status":"todo"}"#),
      plan(#"{"id":"a","name":"n","status":"todo","rev":0}"#),
      plan(#"{"id":"a","name":"n","status":"todo","deps":"b"}"#),
      plan(#"{"id":"a","name":"n","status":"todo","deps":[7]}"#),
      plan(#"{"id":"a","name":"n","status":"todo","meta":[]}"#)
    )

  /// Each as config.json: read by `config show`.
  static let configs =
    right(
      "{}",
      #"{"memory":{}}"#,
      #"{"memory":{"keepSteps":5.0}}"#,
      #"{"lockTimeoutSeconds":0.5}"#,
      #"{"context":{"tokenizer":"cl100k_base","shares":{"tasks":0}}}"#,
      #"{"promptsDirectory":"x"}"#
    )
    + wrong(
      "[]",
      "null",
      #"{"memory":3}"#,
      #"{"Memory":{}}"#,
      #"{"memory":{"keepsteps":1}}"#,
      #"{"memory":{"keepSteps":0}}"#,
      #"{"memory":{"keepSteps":"5"}}"#,
      #"{"memory":{"keepSteps":2.5}}"#,
      #"{"memory":{"keepSteps":null}}"#,
      #"{"context":{"tokenizer":"runes"}}"#,
      #"{"context":{"shares":{"recall":0.1}}}"#,
      #"{"context":{"shares":{"tasks":1.1}}}"#,
      #"{"lockTimeoutSeconds":-1}"#,
      #"{"projectsRoot":""}"#,
      #"{"budget":4}"#
    )

  /// Each as a line of JSONL: read by `import`.
  static let steps =
    right(
      #"{"role":"user","content":""}"#,
      #"{"role":"note","content":"x","id":"any","new_key":[1]}"#,
      #"{"role":"tool","content":"x","ref":null,"ts":null,"name":null,"task":null,"pinned":null,"meta":null}"#,
      #"{"role":"system","content":"x","ref":"r","ts":"2023-05-08","name":"n","task":"T001","pinned":true,"meta":{}}"#
    )
    + wrong(
      "[]",
      "{}",
      #"{"role":"user"}"#,
      #"{"content":"x"}"#,
      #"{"role":"robot","content":"x"}"#,
      #"{"role":"user","content":["x"]}"#,
      #"{"role":"user","content":"x","ref":7}"#,
      #"{"role":"user","content":"x","ref":""}"#,
      #"{"role":"user","content":"x","name":""}"#,
      #"{"role":"user","content":"x","ts":"soon"}"#,
      #"{"role":"user","content":"x","task":"a b"}"#,
      #"{"role":"user","content":"x","pinned":"yes"}"#,
      #"{"role":"user","content":"x","meta":[]}"#
    )

  private static func event(_ members: String) -> String {
    let hash = String(repeating: "a", count: 64)
    return
      #"[{"seq":1,"ts":"2024-04-12T08:15:20Z","event":"add_task","user":"u","revision":1,"sha256":"\#(hash)"\#(members)}]"#
  }

  static let histories =
    right(event(""), event(#","detail":{"before":{"tasks":[]},"after":{"tasks":[],"to":7}},"more":1"#))
    + wrong(
      "{}",
      "[{}]",
      "[7]",
      event(#","detail":7"#),
      event(#","detail":{"before":null}"#),
      event(#","detail":{"before":null,"after":{"tasks":[]}}"#),
      event(#","detail":{"before":{},"after":{"tasks":[]}}"#),
      event("").replacing(#""seq":1"#, with: #""seq":0"#),
      event("").replacing("T08:15:20Z", with: ""),
      event("").replacing("aaaa", with: "zzzz"),
      event("").replacing(#""user":"u","#, with: "")
    )

  static let results =
    right(
      "{}",
      #"{"schema":1,"entries":{},"x":1}"#,
      #"{"entries":{"k":{"value":null,"created":"2024-04-12T08:15:20Z","y":1}}}"#
    )
    + wrong(
      "[]",
      #"{"schema":2}"#,
      #"{"entries":[]}"#,
      #"{"entries":{"k":7}}"#,
      #"{"entries":{"k":{"created":"2024-04-12T08:15:20Z"}}}"#,
      #"{"entries":{"k":{"value":1}}}"#,
      #"{"entries":{"k":{"blob":"../x","created":"2024-04-12T08:15:20Z"}}}"#,
      #"{"entries":{"k":{"value":1,"created":"2024-04-12T08:15:20Z","task":"a b"}}}"#
    )

  private static func envelope(_ kind: String, _ data: String) -> String {
    #"{"schema_version":1,"kind":"\#(kind)","data":\#(data)}"#
  }

  private static func failure(_ error: String) -> String {
    #"{"schema_version":1,"kind":"error","error":\#(error)}"#
  }

  static let envelopes =
    right(failure(#"{"code":"internal","message":"m","hint":null}"#))
    + wrong(
      "{}",
      "[]",
      envelope("nothing", "{}"),
      envelope("projects", "[]"),
      envelope("projects", #"{"root":"r"}"#),
      envelope("projects", #"{"root":"r","projects":[{"name":"n","active":"yes"}]}"#),
      envelope("project", #"{"name":"n","folder":"f","colour":"red"}"#),
      envelope("project", #"{"name":"n","folder":"f","renamed":true}"#),
      envelope("step", #"{"id":1,"new":true,"pinned":true,"changed":true,"rolled_up":[]}"#),
      envelope("step", #"{"id":0,"new":true,"rolled_up":[]}"#),
      envelope("forget", #"{"steps":[]}"#),
      envelope("import", #"{"read":1,"new":1,"first":1,"last":1}"#),
      envelope(
        "import",
        #"{"read":1,"new":1,"first":1,"last":1,"skipped":[{"kind":"image","count":1,"first":[3]}]}"#
      ),
      envelope("completions", #"{"shell":"tcsh","script":""}"#),
      envelope("tokens", #"{"tokenizer":"o200k_base","exact":true,"total":1}"#),
      #"{"schema_version":2,"kind":"completions","data":{"shell":"bash","script":""}}"#,
      #"{"schema_version":1,"kind":"completions"}"#,
      #"{"schema_version":1,"kind":"error","data":{}}"#,
      #"{"schema_version":1,"kind":"completions","data":{"shell":"bash","script":""},"error":null}"#,
      #"{"schema_version":1,"kind":"completions","data":{"shell":"bash","script":""},"more":1}"#,
      failure(#"{"code":"no.such_code","message":"m","hint":null}"#),
      failure(#"{"code":"internal","hint":null}"#),
      failure(#"{"code":"internal","message":"m","hint":null,"context":{"n":1}}"#),
      failure(#"{"code":"internal","message":"m","hint":null,"stack":[]}"#)
    )
}
