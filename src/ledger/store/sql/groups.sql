-- Which groups are there, and who looks after them?
SELECT g.uid, g.name, coalesce(c.name, '') AS contact, coalesce(c.phone, '') AS contact_phone
FROM village_group g LEFT JOIN contact_person c ON c.id = g.contact_person_id
