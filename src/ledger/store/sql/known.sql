SELECT r.id, r.uid, r.name, r.id_number, r.sex, r.born, r.relation, r.phone, r.standing, r.household_id,
       h.number AS household_number, h.address, h.sorted, g.name AS group_name, f.value AS residency
FROM resident r
JOIN household h ON h.id = r.household_id
JOIN village_group g ON g.id = h.group_id
LEFT JOIN fact f ON f.resident_id = r.id AND f.kind = 'residency'
