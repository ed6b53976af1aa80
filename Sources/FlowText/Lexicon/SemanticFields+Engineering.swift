extension SemanticFields {
  /// Programming and data.
  static let engineering: StaticString = """
    programming_language coding_language: python javascript typescript java swift kotlin rust golang ruby \
      php scala haskell perl lua julia elixir erlang clojure fortran cobol dart c++ c# f# sql bash groovy \
      ocaml zig matlab assembly powershell lisp prolog pascal
    database datastore dbms persistence: postgres postgresql mysql sqlite mariadb oracle mongodb redis \
      cassandra dynamodb cockroachdb elasticsearch clickhouse snowflake bigquery neo4j firestore couchdb \
      influxdb supabase duckdb memcached rocksdb leveldb spanner redshift timescale pgvector sqlserver
    framework library package dependency: react angular vue svelte django flask fastapi rails spring \
      express nextjs laravel symfony numpy pandas pytorch tensorflow keras sklearn jquery bootstrap \
      tailwind hibernate qt swiftui flutter electron nestjs redux sqlalchemy pydantic axios lodash \
      requests guava boost vapor hummingbird ktor
    frontend ui user_interface: react vue angular svelte html css javascript button modal form page \
      layout tailwind component sidebar menu dropdown
    backend server_side: api server database queue endpoint worker cache django express spring rails grpc
    machine_learning ai model: pytorch tensorflow transformer neural bert gpt llm claude gemini llama \
      embedding classifier regression xgboost dataset training finetune prompt inference diffusion \
      mistral openai anthropic huggingface
    ide editor: vscode vim emacs xcode intellij eclipse pycharm neovim sublime cursor webstorm zed
    operating_system os platform_os: linux windows macos ubuntu debian fedora android ios centos redhat \
      arch alpine freebsd unix
    browser: chrome firefox safari edge opera brave chromium
    test: unit integration regression fixture mock stub assertion coverage pytest jest junit cypress \
      selenium playwright snapshot fuzz smoke flaky e2e benchmark xctest mocha vitest
    version_control source_control vcs: git commit branch merge rebase tag checkout push pull clone stash \
      cherry github gitlab bitbucket mercurial svn fork diff bisect revert
    repository repo code_host: github gitlab bitbucket monorepo branch fork clone submodule
    error exception failure problem: timeout crash panic segfault traceback overflow nullpointer keyerror \
      typeerror valueerror deadlock leak oom refused denied unauthorized forbidden 404 500 502 503 403 \
      401 429 exit unreachable corrupt conflict syntax undefined null invalid mismatch missing race abort \
      regression bug
    root_cause cause reason culprit: bug misconfiguration race leak regression typo expired timeout \
      mismatch missing null deadlock overflow upgrade stale wrong corrupt outdated
    fix solution resolution workaround: patch rollback revert upgrade restart retry increase bump \
      refactor hotfix replace add remove disable rename lock
    file_format data_format format file_type: json yaml xml csv toml parquet avro protobuf pdf png jpeg \
      jpg gif svg mp3 mp4 wav zip tar gzip html markdown txt xlsx docx ini sqlite webp arrow jsonl
    data_structure data_type: array list map dictionary set tree graph stack queue heap hash string \
      integer float boolean tuple struct enum trie linkedlist vector matrix
    algorithm technique: sort search hash recursion dijkstra bfs dfs greedy dynamic backtracking bm25 \
      pagerank quicksort regression clustering
    design_pattern pattern: singleton factory observer adapter decorator strategy visitor builder facade \
      proxy iterator repository
    code_change change_set diff: refactor rename commit patch merge add remove rewrite delete migrate \
      hotfix feature
    code_element symbol: function method class struct enum protocol interface variable constant module \
      property macro parameter
    build_tool package_manager: npm yarn pnpm pip poetry conda cargo maven gradle cmake make bazel \
      homebrew brew apt webpack vite swiftpm cocoapods composer nuget uv
    linter formatter static_analysis: eslint prettier flake8 pylint black ruff mypy swiftlint clang \
      rubocop checkstyle sonarqube
    api interface endpoint: rest graphql grpc http webhook websocket soap get post put delete patch \
      openapi swagger rpc route
    architecture_style system_design: monolith microservice serverless event queue cache layer hexagonal \
      mvc cqrs plugin pubsub
    """
}
