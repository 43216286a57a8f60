// Package store keeps the record – events, commands, outbox – and the tables that are read, on SQLite or PostgreSQL.
//
// Two tables are the record and append-only: case_events, hash-chained per case, and commands. The tables cases, tasks, deadlines, case_parties,
// case_interests, case_acts, case_attachments, case_terms, resource_terms, resource_title_terms, resource_counts and organization_terms are read
// models: Rebuild makes them anew.
// All others are data of their own.
//
// Lists are read in the order of an index until the part is full, so that their time hardly grows with the number of cases: see restriction and merged.
//
// Writing a case goes through [Store.InTx] and [Tx.Record] alone. Times are stored as microseconds since 1970 in UTC, JSON as the text that was written,
// so both databases give back exactly what they were given.
package store
