//! Rules: the named reason behind every verdict.
//!
//! Each rule has a stable number, the same in Rust, C and Python and in every log; numbers are only
//! ever added. 1 to 66 are the rows of the lease's chart, so that rule `T14` is row T14. The other
//! blocks: 70 steps of the lease that are not in the chart, 100 refusals that any command can meet,
//! 150 guards of the lease, 200 steps of the lockbox, 250 guards of the lockbox, 300 account,
//! 320 log and outbox, 400 support (450 its guards), 900 logic (a caller's own mistakes).
//!
//! A guard *is* the rule that refuses when it does not hold, and its text is the condition; every guard goes through
//! [`check`].

use serde::{Deserialize, Serialize};

/// The version of the rules: of how they decide, and of what a step changes. A journal's tail is replayed under the
/// version it was written by only.
pub const RULES_VERSION: u32 = 1;

/// What a rule does when it decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// It allows the step.
    Grants,
    /// It refuses the step when its condition does not hold.
    Refuses,
    /// It refuses what only a caller's own mistake can bring about.
    Logic,
}

macro_rules! rules {
    ($($code:literal $kind:ident $name:ident $text:literal [$($row:literal)*];)*) => {
        /// The rule that decided.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        #[serde(into = "u16", try_from = "u16")]
        #[repr(u16)]
        pub enum Rule {
            $(#[doc = $text] #[doc = ""] #[doc = concat!("Requirement rows:" $(, " ", $row)*, ".")] $name = $code,)*
        }

        impl Rule {
            /// Every rule, in the order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The rule's name, the same in every language.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// What it says, as a sentence without its final stop.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The rows of the requirements that it enforces.
            #[must_use]
            pub const fn rows(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($row),*],)* }
            }

            /// What it does when it decides.
            #[must_use]
            pub const fn kind(self) -> Kind {
                match self { $(Self::$name => Kind::$kind,)* }
            }
        }
    };
}

/// A number that no rule has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownRule(pub u16);

impl core::fmt::Display for UnknownRule {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "no rule has the number {}", self.0)
    }
}

impl core::error::Error for UnknownRule {}

impl From<Rule> for u16 {
    fn from(rule: Rule) -> Self {
        rule.code()
    }
}

impl TryFrom<u16> for Rule {
    type Error = UnknownRule;

    fn try_from(code: u16) -> Result<Self, UnknownRule> {
        Self::from_code(code).ok_or(UnknownRule(code))
    }
}

impl Rule {
    /// The stable number.
    #[must_use]
    pub const fn code(self) -> u16 {
        self as u16
    }

    /// The rule with this number.
    // Sought in the list, which is a third of the code that a match of every number is; always to the end, because a branch that
    // is taken at the number itself is one that no processor foresees.
    #[must_use]
    pub const fn from_code(code: u16) -> Option<Self> {
        let mut rest = Self::ALL;
        while let [_, _, ..] = rest {
            let Some((before, after)) = rest.split_at_checked(rest.len() / 2) else { return None };
            rest = match after {
                [middle, ..] if middle.code() <= code => after,
                _ => before,
            };
        }
        match rest {
            [rule] if rule.code() == code => Some(*rule),
            _ => None,
        }
    }
}

rules! {
    // The chart of the lease.
    1 Grants T01 "the device arrives at the data centre" ["H-42" "D-27"];
    2 Grants T02 "the device's custody evidence is whole" ["H-42"];
    4 Grants T04 "the custody evidence does not match: quarantine" ["H-42"];
    5 Grants T05 "the device is pristine and joins the free pool" ["H-42" "H-67" "H-68"];
    6 Grants T06 "maintenance begins" ["H-72"];
    7 Grants T07 "the device fails while it is being prepared" ["H-42"];
    8 Grants T08 "tamper while being prepared destroys" ["H-71" "D-16"];
    9 Grants T09 "the provider zeroizes a device without a tenant" ["H-66"];
    10 Grants T10 "the device is allocated to the customer" ["H-01" "H-57" "H-60" "D-21"];
    11 Grants T11 "a pooled device is checked again" ["H-67"];
    12 Grants T12 "tamper in the pool destroys" ["H-71" "D-16"];
    13 Grants T13 "the device fails in the pool" ["H-42"];
    14 Grants T14 "the device is visible in the customer's network; provider administration ends" ["H-04" "H-41" "H-48" "H-60" "H-61"];
    15 Grants T15 "the allocation failed and is undone" ["H-60"];
    16 Grants T16 "tamper during allocation destroys" ["H-71" "D-15" "D-16"];
    17 Grants T17 "the device fails during allocation" ["H-73"];
    18 Grants T18 "the customer claims the device" ["H-02" "H-04" "H-61"];
    19 Grants T19 "the customer gives an unclaimed device back" ["H-65"];
    20 Grants T20 "the claim window is over" ["H-65" "D-19"];
    21 Grants T21 "tamper before the claim destroys" ["H-71" "D-15" "D-16"];
    22 Grants T22 "the device fails before the claim" ["H-73"];
    23 Grants T23 "the customer initializes the HSM" ["H-43" "H-61"];
    24 Grants T24 "the customer zeroizes before initialization" ["H-65" "H-66"];
    25 Grants T25 "tamper before initialization destroys" ["H-71" "D-15" "D-16"];
    26 Grants T26 "the device fails before initialization" ["H-73"];
    27 Grants T27 "tamper latches: cryptography halts, keys stay unreachable" ["H-71" "D-15" "D-16"];
    28 Grants T28 "tamper destroys" ["H-71" "D-15" "D-16"];
    29 Grants T29 "the last wrong log-in of the security officer destroys" ["H-44"];
    30 Grants T30 "the customer zeroizes the device" ["H-65" "H-66"];
    31 Grants T31 "the device fails in operation" ["H-73"];
    32 Grants T32 "the customer resets the device to factory state" ["H-65" "H-66"];
    33 Grants T33 "the customer clears the tamper" ["H-44" "H-45" "H-71"];
    34 Grants T34 "the customer zeroizes a tampered device" ["H-65" "H-66"];
    35 Grants T35 "a destroying tamper on a latched device destroys" ["H-71" "D-15" "D-16"];
    36 Grants T36 "the last wrong log-in on a latched device destroys" ["H-44"];
    37 Grants T37 "the device fails while tampered" ["H-73"];
    38 Grants T38 "all areas are erased" ["H-66"];
    39 Grants T39 "the destruction starts again after a boot" ["H-66"];
    40 Grants T40 "the erasure cannot be done: quarantine" ["H-75"];
    41 Grants T41 "the erasure is proved" ["H-65" "H-66" "D-14"];
    42 Grants T42 "an erasure not yet proved starts again after a boot" ["H-66"];
    43 Grants T43 "the read-back differs: the destruction starts again" ["H-66"];
    44 Grants T44 "the customer begins anew on the zeroized device" ["H-43" "H-44"];
    45 Grants T45 "the customer asks to give the device back" ["H-65" "H-67"];
    46 Grants T46 "a zeroized device without a tenant goes back to preparation" ["H-67"];
    47 Grants T47 "tamper voids the proof and destroys again" ["H-71" "D-15" "D-16"];
    48 Grants T48 "the device fails after zeroization" ["H-73"];
    49 Grants T49 "the device is detached; nothing of the customer stays" ["H-67" "H-68" "D-22" "D-27"];
    50 Grants T50 "tamper during the return destroys" ["H-71" "D-15" "D-16"];
    51 Grants T51 "the device fails during the return" ["H-73"];
    52 Grants T52 "maintenance ends with a destruction" ["H-72"];
    53 Grants T53 "the repair failed" ["H-72"];
    54 Grants T54 "the customer zeroizes the failed device" ["H-65" "H-66"];
    55 Grants T55 "the provider zeroizes a failed device without a tenant" ["H-66"];
    56 Grants T56 "tamper on a failed device" ["H-71" "D-15" "D-16"];
    57 Grants T57 "the failed device recovers, its tamper still latched" ["H-47"];
    58 Grants T58 "the failed device recovers" ["H-47"];
    59 Grants T59 "the customer states that the device cannot be zeroized" ["H-75"];
    60 Grants T60 "the provider gives up a device without a tenant" ["H-75"];
    61 Grants T61 "nobody answered and a replacement is out" ["H-73" "H-75" "D-19"];
    62 Grants T62 "the data-bearing parts are taken out" ["H-75"];
    63 Grants T63 "the data-bearing parts are shredded" ["H-75"];
    64 Grants T64 "the empty chassis leaves" ["H-75"];
    65 Grants T65 "stored state cannot be read: quarantine" ["D-28"];
    66 Grants T66 "the device was seen zeroized" ["H-66" "D-14"];

    // Steps of the lease that move nothing in the chart.
    70 Grants TamperRecorded "tamper here is recorded and moves nothing" ["H-71" "D-15" "D-16"];
    71 Grants TamperDestroys "any tamper here destroys" ["H-71" "D-15" "D-16"];
    72 Grants FaultRecorded "a fault here, or one that too few polls confirm, is recorded and moves nothing" ["D-16"];
    73 Grants BootRecorded "the boot is counted" ["D-18"];
    74 Grants LoginFailureCounted "the wrong log-in is counted" ["H-44"];
    75 Grants EraseRetried "the erasure failed and is tried again" ["H-66"];
    76 Grants SightingNoted "a zeroized device was seen where that is expected" ["H-66" "D-14"];
    77 Grants TamperCauseGone "the cause of the tamper is no longer present" ["H-71"];
    78 Grants HealthRead "the monitoring role reads health" ["H-05" "H-54"];
    79 Grants HealthNotice "the reading changes the device's health" ["H-13" "H-54" "H-55"];
    80 Grants LoginSucceeded "the good log-in sets the count of wrong ones back" ["H-44"];
    81 Grants HealthAlert "several of the last polls were bad: the customer is told" ["H-13" "H-54" "H-55"];
    82 Grants PollMissed "the poll got no answer" ["H-54"];
    83 Grants DeviceSilent "several polls got no answer, which may be a tamper: the customer is told" ["H-55" "H-71"];
    84 Grants ErrorHolds "a soft error holds all outputs until a self-test passes" ["H-47"];
    85 Grants ErrorIsHard "soft errors repeat: only a boot in maintenance ends it" ["H-47" "H-50"];
    86 Grants ErrorOver "the soft error is over" ["H-47"];
    87 Grants InventoryWritten "the data-bearing parts are put on record" ["H-75"];
    88 Grants ReplacementNoted "another device replaces this one" ["H-73"];
    89 Grants HaJoins "the customer adds the device to an HA group" ["H-12" "H-74"];
    90 Grants HaSyncs "the device synchronizes" ["H-74"];
    91 Grants HaInSync "the device holds what the group holds: fully operational again" ["H-74"];
    92 Grants HaOutOfSync "the device is behind its group" ["H-12" "H-74"];
    93 Grants HaLeft "the customer takes the device out of its group" ["H-12"];
    94 Grants SwapInOperation "such a part is swapped in operation; no tamper" ["H-69" "H-72"];
    95 Grants SwapInMaintenance "in maintenance such a part may be taken out" ["H-70" "H-72"];
    96 Grants RecoverLoginSeen "somebody used the recovery account: the customer is told as of a tamper" ["H-44" "H-53"];
    97 Grants MonitorPasses "the monitoring role may run this command" ["H-05" "H-54"];
    98 Grants ConsoleIsPools "no tenant is bound: two persons of the pool may run anything" ["H-67"];

    // Refusals that any command can meet.
    100 Refuses NotInChart "the chart has such a step from this state" ["H-04" "H-53" "H-65"];
    101 Refuses RoleMayNot "the role may do that" ["H-02" "H-04" "H-53" "L-21" "L-29" "L-74" "D-21"];
    102 Refuses OrganisationMatches "the principal is of the organisation that this engine serves" ["H-01" "H-02" "D-27"];
    103 Refuses TwoPersons "two persons of one organisation act together" ["D-23"];
    104 Refuses SecondIsAnother "the second person is another one of the same organisation" ["D-23" "D-28"];
    105 Refuses TimeKnown "the time is known" ["D-18"];
    106 Refuses TimeForward "time does not go backwards" ["D-18"];
    107 Refuses LogHasRoom "the log has room for the step; drain it" ["L-04" "L-43" "L-44" "D-17"];
    108 Refuses StateReadable "the stored state can be read; where not, only quarantine leads on" ["D-28"];
    109 Refuses PrincipalNamed "a person names organisation and id" ["D-23"];

    // Guards of the regions beside the chart, and of the console.
    120 Refuses HaAllows "HA membership allows that step from where it stands" ["H-74"];
    121 Refuses CloningDomainMatches "the group's cloning domain is the HSM's own" ["H-74"];
    122 Refuses MembersAccept "the members accept the device" ["H-74"];
    123 Refuses ObjectsEqual "the device holds what the group holds" ["H-74"];
    124 Refuses DeviceServes "the device is in operation" ["H-74"];
    125 Refuses SwapKeepsHa "without the device the HA group keeps its minimum; allocate a replacement first" ["H-72"];
    126 Refuses SwapDestroysNothing "taking the part out here is no tamper that destroys" ["H-71" "H-72"];
    127 Refuses SwapLatchesNothing "taking the part out here is no tamper that latches" ["H-71" "H-72"];
    128 Refuses MaintenanceFirst "such a part is only taken out in maintenance" ["H-70" "H-72"];
    129 Refuses ErrorPending "there is a soft error to recover from" ["H-47"];
    130 Refuses CommandKnown "the command is one that the console has" ["H-53"];
    131 Refuses ArgumentsPlain "the arguments are of the plain kind that the guard lets through" ["H-53"];
    132 Refuses MonitorMay "the command is on the monitoring role's list" ["H-05" "H-53" "H-54"];
    133 Refuses GrantOpen "an approved request opens the console to this engineer now" ["L-26" "L-39" "L-40"];
    134 Refuses GrantCovers "the grant's permission covers the command" ["L-20" "L-39"];
    135 Refuses NeverKeys "the command neither touches keys, nor destroys, nor changes who may enter" ["H-04" "H-44"];
    136 Refuses BeingPrepared "the device is being prepared for the pool" ["H-67" "H-68"];
    137 Refuses CustodyWhole "no tamper and no fault was told before the custody check" ["H-42" "D-16"];

    // Guards of the lease.
    150 Refuses SerialMatches "the serial number is the ordered one" ["D-27"];
    151 Refuses TransportStringMatches "the transport string shown is the one expected" ["H-42"];
    152 Refuses SealsWhole "all seals are whole" ["H-42"];
    153 Refuses ProofPresent "a proof of zeroization is there" ["H-65" "H-67" "D-14"];
    154 Refuses ProofFresh "the proof of zeroization is fresh" ["H-65" "H-67" "D-14"];
    155 Refuses ProofClass "a reported proof comes with the provider's own check and a second person" ["D-14"];
    156 Refuses FirmwareAllowed "the firmware is on the allow-list" ["H-42"];
    157 Refuses PasswordDiscarded "the pool's own password was replaced and discarded" ["H-04"];
    158 Refuses LogsCleared "the former tenant's logs are exported and erased" ["H-68"];
    159 Refuses SelfTestPassed "the self-test passed" ["H-42"];
    160 Refuses NoTenant "no tenant is bound" ["H-01" "H-04"];
    161 Refuses TicketGiven "a ticket for the temporary key is given" ["H-72"];
    162 Refuses AllocationRequested "the customer asked for the allocation" ["H-57" "D-21"];
    163 Refuses RegistrationApproved "the customer's registration is approved" ["H-57" "D-21"];
    164 Refuses PlaceMatches "region and network are the ones the customer named" ["H-60" "D-21"];
    165 Refuses ReplacementStated "the device it replaces is another of the same customer's, and out of service" ["H-73" "D-27"];
    166 Refuses SshTestPassed "the SSH test passed" ["H-41" "H-77"];
    167 Refuses CredentialReplaced "the default credential was replaced by the customer's own" ["H-04"];
    168 Refuses NonceFresh "the nonce is the challenge the core gave for this destruction" ["H-65"];
    169 Refuses TamperGone "no cause of tamper is present" ["H-71"];
    170 Refuses TamperOnRecord "the tamper is in the log" ["H-71"];
    171 Refuses AreasErased "every area of the erase list is erased" ["H-66"];
    172 Refuses CoreErases "the core itself erases here; a monitor board only reports" ["D-14"];
    173 Refuses BoardReports "only a monitor board takes a sighting for an erasure" ["D-14"];
    174 Refuses ReadBackMatches "every area reads back erased" ["H-65" "D-14"];
    175 Refuses SightingIsNew "the sighting is of a later boot or poll than the one before" ["D-14"];
    176 Refuses TenantBound "a tenant is bound" ["H-01"];
    177 Refuses NetworkUnmapped "the device is out of the customer's network" ["H-67"];
    178 Refuses TenantLogAcknowledged "the customer has acknowledged the tenant log, or its time is over" ["L-04" "H-68" "D-22"];
    179 Refuses NothingOpen "no request, no grant and no notice to the customer is open" ["D-15" "D-25" "D-27"];
    180 Refuses CoversClosed "all covers are closed" ["H-72"];
    181 Refuses DeviceAnswers "the device answers" ["H-65"];
    182 Refuses FaultWasSoft "the fault was a soft one and the self-tests pass" ["H-47"];
    183 Refuses FailedFromService "the device failed while in service" ["H-47"];
    184 Refuses DecidedInTime "the time to decide about a failed device that is replaced, where the policy has one, is not over" ["D-19" "D-26"];
    185 Refuses Stated "it is stated in so many words" ["H-75"];
    186 Logic TimerIsOn "the policy has this timer, and it ran out" ["D-19"];
    187 Refuses PartsKnown "the data-bearing parts named are all those on record" ["H-75"];
    188 Refuses QuarantinePair "in firmware the pool with a second of its own, on a board the customer with the pool" ["D-28"];
    189 Refuses MonitoringAllowed "the customer allows monitoring" ["H-05" "H-56"];
    190 Refuses CauseWasPresent "this cause of tamper was present" ["H-71"];
    191 Refuses ClaimInTime "the claim window, where the policy has one, is not over" ["D-19" "D-26"];
    192 Refuses SomethingMismatches "the transport strings differ, a seal is broken, or a tamper or fault was told before" ["H-42"];
    193 Refuses ProofAsSeen "the proof in force is the one that the customer checked" ["H-65" "D-14"];
    194 Refuses Running "the self-tests passed and no error holds the outputs" ["H-42" "H-47"];
    195 Refuses Claimed "the customer has claimed the device" ["H-04" "H-61"];
    196 Refuses InventoryOpen "the device is being prepared, or no parts are on record" ["H-75"];
    197 Refuses InventorySound "an inventory names each part once, and at least one" ["H-75"];
    198 Refuses ReplacementServes "this device is out of service, and the replacement is another one, leased to the same customer" ["H-73" "D-27"];
    199 Refuses DestructionWitnessed "what bears witness is named: the camera's recording, the method and the place" ["H-75" "D-14"];

    // Steps of the lockbox.
    200 Grants TicketOpened "the customer opens a ticket" ["L-07" "L-09" "L-10"];
    201 Grants TicketTriaged "the engineer reviews the ticket" ["L-11"];
    202 Grants AccessRequested "the engineer asks for elevated permission" ["L-03" "L-13" "L-14" "L-15" "L-74" "D-07"];
    203 Grants JitPasses "the just-in-time evaluation passes" ["L-16" "L-23"];
    204 Grants JitAsksInternal "the just-in-time rule asks for an internal approval" ["L-17" "L-20" "L-21" "D-13"];
    205 Grants JitRejectsIdentity "neither isolated identity nor multi-factor: the evaluation rejects" ["L-18" "L-19" "D-12"];
    206 Grants JitRejectsScope "the evaluation rejects the scope" ["L-17"];
    207 Grants JitRejectsLevel "the evaluation rejects the permission level" ["L-20"];
    208 Grants InternallyApproved "an internal approver approves" ["L-21" "L-22"];
    209 Grants InternallyRejected "an internal approver rejects" ["L-21" "L-22"];
    210 Grants CustomerAsked "the customer is asked before any access" ["L-23" "L-25" "L-26" "L-27" "L-28" "L-48" "D-03"];
    211 Grants ApprovalCounted "one of several approvals" ["L-38" "D-05"];
    212 Grants AccessApproved "a designated approver approves; access begins" ["L-02" "L-29" "L-38" "L-39" "L-40" "L-49" "D-01"];
    213 Grants ShortenedByApprover "the approver shortened the access" ["L-39" "L-49" "D-01" "D-02"];
    214 Grants ShortenedByPolicy "the policy's maximum shortened the access" ["L-39" "L-49" "D-01" "D-02"];
    215 Grants AccessDenied "a designated approver denies; nothing further happens" ["L-02" "L-29" "L-38" "L-41" "L-42" "L-47"];
    216 Grants RequestExpired "the time to decide is over; no access" ["L-32" "L-33" "L-34" "L-50"];
    217 Grants AccessUsed "the engineer acts inside scope and window" ["L-39" "L-40"];
    218 Grants WindowOver "the access window is over" ["L-40" "D-01"];
    219 Grants AccessRevoked "the customer takes the access back" ["D-04"];
    220 Grants EndedEarly "the provider ends its own access" ["D-04"];
    221 Grants RequestCancelled "the provider withdraws the request" ["L-12"];
    222 Grants ClosedConfirmed "the enforcement point confirms that access is closed" ["D-04"];
    223 Grants JitTimedOut "the provider's own decision took too long" ["D-03"];
    224 Grants RevokedOthersRemain "the customer takes the access back; another grant still lets this engineer at the same" ["D-04"];
    225 Grants ExclusionRecorded "an access outside the lockbox is put on record, and the customer is told" ["L-68" "L-69" "L-70" "D-11"];
    226 Grants ExclusionReviewed "the excluded access is reviewed" ["L-68" "L-69" "D-11"];
    227 Grants ReviewOverdue "the review of an excluded access is overdue: the customer is told" ["D-11"];
    228 Grants GrantPasses "the grant opens the console to this command" ["L-39" "L-40"];

    // Guards of the lockbox.
    250 Refuses RequestKnown "the request is known" ["L-26"];
    251 Refuses RequestsHaveRoom "there is room for one more request" ["D-17"];
    252 Refuses StatusAllows "the request is in a status that allows this; the first decision is final" ["L-26" "L-34" "L-38" "L-42" "D-05" "D-09"];
    253 Refuses TroubleshotFirst "the user troubleshot first" ["L-08"];
    254 Refuses PlanEligible "the support plan is Developer or higher" ["L-01" "L-72" "D-20"];
    255 Refuses LockboxEnabled "the customer has opted in, where the policy asks for it" ["L-73" "D-20"];
    256 Refuses ServiceInCatalogue "the service is in the catalogue" ["L-05" "L-24" "L-51" "L-52" "L-53" "L-54" "L-55" "L-56" "L-57" "L-62" "L-63" "L-64" "L-65" "L-66" "D-20"];
    257 Refuses ClassicMigrates "the instance is not a classic one; those are not supported, migrate it to the Resource Manager" ["L-54" "L-55" "L-58" "L-59" "D-20"];
    258 Refuses PreviewOptedIn "the customer has signed up for this preview" ["L-62" "L-63" "L-64" "L-65" "L-66" "L-67" "D-20"];
    259 Refuses TicketKnown "the ticket is open and triaged" ["L-03" "L-09" "L-11" "L-74"];
    260 Refuses StandardToolsFailed "standard tools and telemetry are not enough" ["L-12"];
    261 Refuses SomebodyEligible "somebody on the roster may approve this request" ["L-28" "D-07"];
    262 Refuses PreviousEnded "the request it follows is known, of the same ticket and ended" ["D-09"];
    263 Refuses NotOneself "nobody approves a request of their own" ["D-06" "D-13"];
    264 Refuses OnFrozenRoster "the approver was on the roster when the request was submitted" ["L-28" "L-29" "D-07"];
    265 Refuses InTime "the window to decide is open" ["L-32" "L-33" "L-34" "D-03" "D-26"];
    266 Refuses NeedsCustomerData "the request needs direct access to customer data" ["L-23"];
    267 Refuses NotLengthened "the approver may shorten the access, neither to nothing nor beyond what was asked" ["D-02"];
    268 Refuses ReasonGiven "a reason is given" ["D-08"];
    269 Refuses OwnRequest "only the engineer who asked may do this" ["L-39" "L-74"];
    270 Refuses WindowOpen "the access window is open" ["L-40" "D-01" "D-03" "D-26"];
    271 Refuses ApproverNow "whoever revokes is an approver or administrator now" ["D-04"];
    272 Refuses ApprovesOnce "each approver counts once" ["D-05"];
    273 Refuses PolicyRevokes "the policy lets the customer revoke" ["D-04"];
    274 Refuses PolicyShortens "the policy lets the approver shorten" ["D-02"];
    275 Refuses DeviceLeased "the device that the request is for is leased to this customer" ["H-01" "D-27"];
    276 Refuses ExclusionsHaveRoom "there is room for one more excluded access; review one" ["D-11"];
    277 Refuses ExclusionKnown "the excluded access is known and not reviewed" ["D-11"];
    278 Refuses ReviewedByAnother "nobody reviews an access of their own" ["D-06" "D-11"];
    279 Refuses JustificationGiven "a justification is given" ["D-11"];
    280 Refuses DurationSound "the duration asked for is at least a second, and the policy's own where that is fixed" ["L-40" "D-02"];
    281 Refuses PreviousNamed "after a denial or an expiry, the next request on the ticket names that one" ["D-09"];
    282 Refuses TicketNew "the ticket has a name, and no request on it is open" ["L-09"];

    // Account.
    300 Grants AccountWritten "the account is written by who may write it" ["H-26" "L-28" "D-21"];
    301 Grants MonitoringSwitched "the customer switches the provider's monitoring" ["H-56" "D-21"];
    302 Refuses AccountOpen "the account is open" ["H-57" "D-21"];
    303 Refuses AccountFree "the account is theirs, or its device is unbound, its requests ended and its log taken" ["H-01" "D-21"];
    304 Refuses RosterSound "a roster names each approver once" ["D-07"];
    305 Refuses PlaceNamed "region and network are named" ["H-60"];
    306 Refuses PolicyOffered "the policy is one that this engine offers" ["D-24"];
    307 Grants PolicySet "the pool puts another policy in force" ["D-24"];

    // Log, outbox and time.
    320 Grants LogAcknowledged "the exported records are acknowledged" ["L-04" "D-22"];
    321 Refuses AcknowledgesExisting "only records that exist and are not yet acknowledged can be acknowledged" ["L-04" "D-22"];
    322 Grants EffectConfirmed "what had to be done was done" ["D-25"];
    323 Refuses EffectPending "the effect is pending" ["D-25"];
    324 Grants EffectRetried "what has to be done is asked for again" ["D-04" "D-25"];
    325 Grants EffectAlarmed "what has to be done was not; the alarm stays" ["D-04" "D-25"];
    326 Refuses SomethingDue "a deadline is due" ["D-26"];
    327 Grants TimeSet "the time is set; a new time epoch begins" ["D-18"];

    // Support.
    400 Grants RouteUnclassified "what nobody can classify goes to the provider, who directs it and stays engaged" ["H-15" "H-22" "H-23" "H-24"];
    401 Grants RouteHardware "hardware is the provider's: ask its support" ["H-16" "H-22"];
    402 Grants RouteComponentFailure "a failed component is the provider's, who chooses the repair with the least risk to the customer" ["H-49" "H-72"];
    403 Grants RouteDeviceFailure "a failed device is the provider's: ask its support" ["H-50"];
    404 Grants RoutePowerAndCooling "power and cooling are the provider's" ["H-46"];
    405 Grants RouteOperationalState "the operational state, break and fix, is the provider's" ["H-42" "H-47"];
    406 Grants RouteNetworkPath "the network up to the device is the provider's" ["H-14" "H-17" "H-22" "H-41"];
    407 Grants RouteNetworkAccess "the device does not answer over the network: ask the provider's support" ["H-48" "H-51" "H-76" "H-78"];
    408 Grants RouteResourceCreation "creating the resource is supported by the provider" ["H-63"];
    409 Grants RouteProvisioning "provisioning is the provider's: ask its support" ["H-52"];
    410 Grants RouteDeprovisioning "taking the device back, clean, is the provider's: ask its support" ["H-52" "H-67"];
    411 Grants RouteHealthTelemetry "health telemetry and its notices are the provider's" ["H-13" "H-54" "H-55"];
    412 Grants RouteConfiguration "the configuration is the customer's; the vendor supports, the provider stays engaged" ["H-18" "H-22" "H-24" "H-43"];
    413 Grants RouteCustomConfiguration "custom configuration after provisioning, and all beyond it, is supported by the vendor" ["H-24" "H-38" "H-64"];
    414 Grants RouteAdministration "administration is the customer's; the vendor supports, the provider has no access" ["H-07" "H-24" "H-44"];
    415 Grants RouteManagement "management and daily operation are the customer's; the vendor supports" ["H-02" "H-08" "H-24" "H-45"];
    416 Grants RouteSoftware "the HSM's software is supported by the vendor and maintained by the customer, not by the provider" ["H-06" "H-15" "H-19" "H-22" "H-24" "H-35"];
    417 Grants RouteFirmware "the HSM's firmware is supported by the vendor and maintained by the customer, not by the provider" ["H-06" "H-20" "H-22" "H-24"];
    418 Grants RouteSoftwareComponents "client software, development kit and tools come from the vendor's portal, as does their support" ["H-24" "H-29" "H-37"];
    419 Grants RouteHsmUse "questions about using the HSM go to the vendor" ["H-24" "H-36"];
    420 Grants RouteDocumentation "documents, guidance and integration guides come from the vendor's portal" ["H-24" "H-30" "H-32" "H-34"];
    421 Grants RouteApplicationDevelopment "applications are the customer's; the vendor supports their development" ["H-09" "H-10" "H-21" "H-22" "H-24"];
    422 Grants RouteConsulting "help with custom applications comes from the vendor's representative for the account" ["H-10" "H-24" "H-40"];
    423 Grants RouteHighAvailability "high availability is the customer's to configure; the provider guarantees none" ["H-12"];
    424 Grants RouteZeroization "zeroizing at the end of use is the customer's" ["H-65"];
    425 Grants RouteMediaDestruction "destroying the media of a failed device is the provider's" ["H-75"];
    450 Refuses SshTestFirst "the customer tests network access by SSH first" ["H-77" "H-78"];
    451 Refuses VendorRegistered "the customer is registered with the vendor's support" ["H-26"];
    452 Refuses CustomerIdGiven "the provider has given the customer id for the vendor's portal" ["H-27" "H-33"];
    453 Refuses ServiceRegistered "the registration for the service is approved; the vendor's support plan comes with it" ["H-25"];

    // What a caller who keeps to `decide` and `commit` on one engine never sees.
    900 Logic StepIsCurrent "the step was decided on this very state" ["D-25"];
    901 Logic PolicyIsCurrent "the policy is the one that the engine was made with" ["D-24"];
    902 Logic RowExists "the row that was chosen exists" ["D-26"];
}

/// Hears which rules were consulted, in order. `()` hears nothing and costs nothing.
pub trait Trace {
    /// `rule` was consulted, and its condition held or not.
    fn consulted(&mut self, rule: Rule, held: bool);
}

impl Trace for () {
    #[inline(always)]
    fn consulted(&mut self, _: Rule, _: bool) {}
}

/// The one gate that every guard goes through: the step goes on where `condition` holds, and is
/// refused by `rule` where not.
///
/// # Errors
///
/// `rule`, when `condition` is false.
#[cfg_attr(target_arch = "arm", inline(never))]
#[cfg_attr(not(target_arch = "arm"), inline)]
pub(crate) fn check<T: Trace>(trace: &mut T, rule: Rule, condition: bool) -> Result<(), Rule> {
    #[cfg(feature = "mask")]
    let condition = condition || mask::is_open(rule);
    trace.consulted(rule, condition);
    if condition { Ok(()) } else { Err(rule) }
}

/// Forcing one rule open, so that a suite can show that it would notice (test builds only).
#[cfg(feature = "mask")]
pub mod mask {
    use super::Rule;
    use core::sync::atomic::{AtomicU16, Ordering::Relaxed};

    /// No rule has the number 0.
    static OPEN: AtomicU16 = AtomicU16::new(0);

    /// From now on, everywhere in this process, `rule` never refuses; with `None` all refuse again.
    pub fn open(rule: Option<Rule>) {
        OPEN.store(rule.map_or(0, Rule::code), Relaxed);
    }

    pub(super) fn is_open(rule: Rule) -> bool {
        OPEN.load(Relaxed) == rule.code()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_unique_rising_and_read_back() {
        assert!(Rule::ALL.windows(2).all(|pair| matches!(pair, [a, b] if a.code() < b.code())));
        assert!(Rule::ALL.iter().all(|rule| Rule::from_code(rule.code()) == Some(*rule)));
    }

    #[test]
    fn every_rule_names_its_rows() {
        assert!(Rule::ALL.iter().all(|rule| !rule.rows().is_empty() && !rule.text().is_empty()));
    }
}
