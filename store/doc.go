// Package store keeps the record – events, commands, outbox – and the tables that are read, on SQLite or PostgreSQL.
//
// Two tables are the record and append-only: case_events, hash-chained per case, and commands. The tables cases, tasks, deadlines, case_parties,
// case_interests, case_attachments, case_terms and resource_terms are read models: Rebuild makes them anew. All others are data of their own.
//
// Writing a case goes through [Store.InTx] and [Tx.Record] alone. Times are stored as microseconds since 1970 in UTC, JSON as the text that was written,
// so both databases give back exactly what they were given.
package store
