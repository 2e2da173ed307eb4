-- Who are these residents, where do they live, and what is known of them?
SELECT r.uid, r.name, r.name_written, r.id_number, r.sex, r.born, r.relation, r.phone, r.standing, r.standing_on,
       r.source_id, r.known_on, h.number AS household_number, h.uid AS household_uid, h.address, g.name AS group_name,
       (SELECT group_concat(f.kind || ' ' || f.value || ' ' || f.on_date || ' ' || f.source_id, char(10)) FROM fact f
        WHERE f.resident_id = r.id) AS known
FROM resident r
JOIN household h ON h.id = r.household_id
JOIN village_group g ON g.id = h.group_id
