-- The changes that name whom the history is of, or wrote a row of theirs: in a round, a roster or a merge, too.
SELECT id FROM change WHERE about = ?1 AND about <> ''
UNION SELECT change_id FROM change_row WHERE row_uid IN (
    SELECT ?1
    UNION SELECT f.uid FROM fact f JOIN resident r ON r.id = f.resident_id WHERE r.uid = ?1
    UNION SELECT o.uid FROM offer o JOIN resident r ON r.id = o.resident_id WHERE r.uid = ?1
    UNION SELECT s.uid FROM service s JOIN resident r ON r.id = s.resident_id WHERE r.uid = ?1
    UNION SELECT a.uid FROM application a JOIN resident r ON r.id = a.resident_id WHERE r.uid = ?1
    UNION SELECT d.uid FROM application_document d JOIN resident r ON r.id = d.resident_id WHERE r.uid = ?1
    UNION SELECT p.uid FROM payment p JOIN resident r ON r.id = p.resident_id WHERE r.uid = ?1
    UNION SELECT c.uid FROM consent c JOIN resident r ON r.id = c.resident_id WHERE r.uid = ?1
    UNION SELECT t.uid FROM appointment t JOIN resident r ON r.id = t.resident_id WHERE r.uid = ?1
    UNION SELECT m.uid FROM same_person m JOIN resident r ON r.id IN (m.behind_id, m.listed_id) WHERE r.uid = ?1
)
