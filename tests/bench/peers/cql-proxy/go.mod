// The peer that the benchmark `classify` measures; nothing of it is built for cqlint.
module github.com/cqlint/cqlint/tests/bench/peers/cql-proxy

go 1.24.2

require github.com/datastax/cql-proxy v0.2.0

require (
	github.com/datastax/go-cassandra-native-protocol v0.0.0-20220706104457-5e8aad05cf90 // indirect
	github.com/google/uuid v1.3.0 // indirect
)
