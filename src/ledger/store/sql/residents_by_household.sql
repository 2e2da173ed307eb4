-- The same as residents.sql, walked group by group and household by household so that the first rows come at once.
SELECT r.uid, r.name, r.name_written, r.id_number, r.sex, r.born, r.relation, r.phone, r.standing, r.standing_on,
       r.source_id, r.known_on, h.number AS household_number, h.uid AS household_uid, h.address, g.name AS group_name,
       (SELECT group_concat(f.kind || ' ' || f.value || ' ' || f.on_date || ' ' || f.source_id, char(10)) FROM fact f
        WHERE f.resident_id = r.id) AS known
FROM village_group g
CROSS JOIN household h INDEXED BY household_by_group ON h.group_id = g.id
CROSS JOIN resident r INDEXED BY resident_by_household ON r.household_id = h.id
