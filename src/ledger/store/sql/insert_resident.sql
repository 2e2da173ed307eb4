INSERT INTO resident (uid, household_id, name, name_written, id_number, sex, born, relation, phone, standing,
                      standing_on, source_id, known_on)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
