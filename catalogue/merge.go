package catalogue

import "datacharter/domain/catalogue"

// merge decides what becomes of each row. Of the rows that mean the same resource, the one updated last is kept, the first of them when several were;
// the others are merged into it, with everything in which they differ. kept lists the indices of the rows to store, in the order of the file;
// their entries say NotStored until they are.
func merge(rows []Row) (entries []Entry, kept []int) {
	entries = make([]Entry, len(rows))
	newest := map[string]int{} // by resource ID, the index of the row to keep
	for i, row := range rows {
		entries[i] = Entry{Row: row.Number, ID: row.Resource.ID, Title: row.Resource.Title, Reason: row.Skip, Faults: row.Faults, Remarks: row.Remarks}
		if row.Skip != "" {
			continue
		}
		if n, ok := newest[row.Resource.ID]; !ok || row.Resource.Updated > rows[n].Resource.Updated {
			newest[row.Resource.ID] = i
		}
	}
	for i := range rows {
		e := &entries[i]
		if e.Reason != "" {
			e.Outcome = Skipped
			continue
		}
		n := newest[e.ID]
		if n == i {
			e.Outcome = NotStored
			kept = append(kept, i)
			continue
		}
		e.Outcome, e.Into, e.Reason = Merged, rows[n].Number, Repeat
		if e.Differences = catalogue.Differences(rows[n].Resource, rows[i].Resource); len(e.Differences) > 0 {
			e.Reason = SameKey
		}
	}
	return entries, kept
}
