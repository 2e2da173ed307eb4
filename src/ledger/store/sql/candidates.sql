-- What does a list show of people? Which ones, `candidates.rs` says.
-- NOT INDEXED: many match and pages are sealed, so reading all in key order is faster than hopping; and facts, offers
-- and services are read beside it in the same order.
SELECT r.id, r.uid, r.name, r.id_number, r.sex, r.born, r.phone, r.standing, r.standing_on, r.source_id, r.known_on,
       h.number AS household_number, h.uid AS household_uid, g.name AS group_name, coalesce(c.name, '') AS contact
FROM resident r NOT INDEXED
CROSS JOIN household h ON h.id = r.household_id
CROSS JOIN village_group g ON g.id = h.group_id
LEFT JOIN contact_person c ON c.id = g.contact_person_id
