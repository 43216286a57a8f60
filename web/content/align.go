package content

import "slices"

// step is one place in two lists laid side by side: Same with both numbers, Removed with the first, Added with the second.
type step struct {
	mark          Mark
	before, after int
}

// maxAligned bounds the work of laying two lists side by side: what differs beyond it is taken as removed and added whole.
const maxAligned = 1 << 20

// align lays two lists side by side so that as much as possible stays the same.
func align(before, after []string) []step {
	head := 0
	for head < len(before) && head < len(after) && before[head] == after[head] {
		head++
	}
	tail := 0
	for tail < len(before)-head && tail < len(after)-head && before[len(before)-1-tail] == after[len(after)-1-tail] {
		tail++
	}
	var out []step
	for i := range head {
		out = append(out, step{Same, i, i})
	}
	for _, s := range alignMiddle(before[head:len(before)-tail], after[head:len(after)-tail]) {
		out = append(out, step{s.mark, s.before + head, s.after + head})
	}
	for i := range tail {
		out = append(out, step{Same, len(before) - tail + i, len(after) - tail + i})
	}
	return out
}

// alignMiddle follows the longest common subsequence.
func alignMiddle(before, after []string) []step {
	n, m := len(before), len(after)
	if n*m > maxAligned {
		n = 0
	}
	// longest[i][j] is that of before[i:] and after[j:].
	longest := make([][]int, n+1)
	for i := range longest {
		longest[i] = make([]int, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if before[i] == after[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	var out []step
	i, j := 0, 0
	for i < n && j < m {
		switch {
		case before[i] == after[j]:
			out = append(out, step{Same, i, j})
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			out = append(out, step{mark: Removed, before: i})
			i++
		default:
			out = append(out, step{mark: Added, after: j})
			j++
		}
	}
	for ; i < len(before); i++ {
		out = append(out, step{mark: Removed, before: i})
	}
	for ; j < m; j++ {
		out = append(out, step{mark: Added, after: j})
	}
	return slices.Clip(out)
}
