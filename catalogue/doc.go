// Package catalogue reads published catalogues of public data resources and imports them.
//
// A file is one catalogue in JSON; which one is told by its content. Reading yields every row exactly once, as a resource or as a row to skip, each with remarks.
// Importing merges the rows that mean the same resource, stores what is good, and reports every row that was skipped or merged, and why.
//
//	Read     file → rows
//	Import   rows → resources → Sink, Report
package catalogue
