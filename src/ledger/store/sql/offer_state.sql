-- Where does one person's offer stand? ?1 uid, ?2 programme, ?3 period, ?4 and ?5 its first and last day.
SELECT o.outcome,
       EXISTS (SELECT 1 FROM service s WHERE s.resident_id = r.id AND s.programme = ?2
               AND s.on_date BETWEEN ?4 AND ?5) AS been
FROM resident r LEFT JOIN offer o ON o.resident_id = r.id AND o.programme = ?2 AND o.period = ?3
WHERE r.uid = ?1
