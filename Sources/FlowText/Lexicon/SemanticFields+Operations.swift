extension SemanticFields {
  /// Clouds, networks, security and what runs in them.
  static let operations: StaticString = """
    cloud cloud_provider hosting: aws azure gcp google heroku vercel netlify cloudflare digitalocean \
      linode hetzner fly ec2 s3 lambda kubernetes firebase supabase ovh
    infrastructure devops deployment_tool: docker kubernetes k8s terraform ansible helm jenkins pulumi \
      nginx apache argocd vagrant puppet chef podman systemd istio consul vault nomad server cluster
    ci pipeline continuous_integration: jenkins github gitlab circleci travis build job stage runner \
      workflow action teamcity buildkite
    monitoring observability telemetry: prometheus grafana datadog sentry kibana splunk newrelic alert \
      dashboard log trace metric jaeger loki pagerduty opentelemetry cloudwatch
    queue message_broker messaging: kafka rabbitmq sqs pubsub nats celery redis sidekiq mqtt activemq \
      kinesis
    environment deployment_target: production staging development dev prod local sandbox test qa preview
    network connectivity: dns tcp udp ip http https proxy firewall vpn router subnet port socket gateway \
      ssl tls latency bandwidth packet loadbalancer nat cdn wifi ethernet
    security vulnerability attack: xss csrf injection phishing malware ransomware ddos exploit cve breach \
      leak overflow encryption password token spoofing backdoor trojan virus ssrf
    credential secret authentication auth login: password token key apikey certificate oauth saml sso jwt \
      cookie session mfa 2fa passkey username ldap otp pin
    protocol: http https ftp ssh smtp imap tcp udp websocket grpc mqtt tls dns oauth mcp rpc amqp
    encryption cryptography: aes rsa sha256 tls ssl hmac certificate pgp bcrypt ed25519 elliptic hash
    incident outage downtime postmortem: crash timeout alert rollback page failure unavailable degraded \
      restart oom failover 503 502 disk
    resource system_resource capacity: cpu memory ram disk gpu bandwidth storage thread quota core
    hardware component_hardware: cpu gpu ram ssd motherboard disk monitor keyboard processor nvidia intel \
      amd sensor
    configuration setting parameter: timeout port host url path limit retry threshold env variable \
      default key size level interval enabled
    command cli shell_command: git docker kubectl npm pip curl grep sed ssh make swift cargo ls cd rm \
      mkdir cat chmod sudo tail ps
    log output_log: error warning info debug trace stderr stdout stacktrace syslog
    license licence software_license: mit apache gpl bsd lgpl mpl proprietary agpl
    payment_service payment_method: stripe paypal visa mastercard venmo cash card klarna check transfer \
      invoice
    communication_tool chat_tool: slack teams zoom discord email skype telegram whatsapp jira meet webex
    issue_tracker project_tool: jira trello asana linear notion github bugzilla monday basecamp \
      confluence
    """
}
