# The provider's just-in-time rule; the first that applies decides.
package jit

outcome := "reject_identity" if {
	not input.isolated_identity
	not input.multi_factor
} else := "reject_scope" if {
	input.scope > 2
} else := "reject_permission" if {
	input.permission > 2
} else := "ask_internal" if {
	input.scope >= 2
} else := "ask_internal" if {
	input.permission >= 2
} else := "pass"
