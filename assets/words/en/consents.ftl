### Consent: what was agreed to, what was withdrawn, who was not asked yet

op-consent-give = Note consent
op-consent-withdraw = Withdraw consent
purpose-services = Being listed and told of services
purpose-health = Checks and vaccinations arranged
purpose-account = A copy of the bank book handed in
purpose-clinic = Name and phone given to the township clinic
consent-given = agreed
consent-withdrawn = withdrawn
consent-not-asked = not asked yet
consent-on = { $state } ({ $on })
channel-signed = signed
channel-spoken = said before a witness
guardian-parent = mother or father
guardian-grandparent = grandparent
guardian-other = another guardian
again-notice = the notice is a new one: please ask again
again-grown = the child is 14 now: please ask the child
error-consent-guardian = Under 14 the guardian who agrees must be named, and what they are to the child; while they are away a paper slip does, nothing is held up.
error-consent-witness = Where it was said, please name the witness; without one, the person can sign the notice.
error-consent-later = On { $on } “{ $state }” was noted already: please check the day.
error-consent-name = That is too long for a name: please write the name only.
error-consent-withdrawn = Consent was withdrawn, so nothing is noted any more; what the person wants can be done on a paper slip.
cli-consents-line = { $purpose }: { $given } agreed, { $withdrawn } withdrew, { $not_asked } not asked yet
