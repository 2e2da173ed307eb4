# The township's form
paper-kind-form = Township form
township-form-recipient = Township
township-form-purpose = Filling the township's form
township-form-month = { $year }-{ $month }
township-form-text-village = the village's name
township-form-text-date = the day it is filled
township-form-text-month = the month it is filled
township-form-residents = people of the village
township-form-households = households
township-form-is-xls = This is an old xls file and cannot be filled; open it in Excel or WPS and save it as xlsx.
township-form-is-not-xlsx = Only xlsx files can be filled; save it as xlsx in Excel or WPS.
township-form-has-macros = This file has macros and is not filled; save it as an xlsx without macros.
township-form-is-long = This sheet has more than { $most } rows and looks like a roster; rosters are imported under “Residents”.
township-form-no-sheet = There is no sheet to fill in this file.
township-form-no-such-sheet = There is no such sheet; look at its name.
township-form-no-such-word = There is no such word; “form fields” names them all.
township-form-is-formula = { $cell } is a formula and counts by itself; choose another cell.
township-form-no-room = Below { $cell } there are { $room } empty rows and the list has { $rows }; add rows to the form first.
township-form-nothing-bound = Nothing is bound yet; say once what goes where, and it fills itself every month.
cli-form-columns = Columns of lists are list.PROGRAMME.SECTION.COLUMN, such as list.elder-check.booked.name; there are: { $columns }.
cli-form-wrong = “{ $said }” is not understood; write CELL=WORD, such as B4=count.elder-check.told.
cli-form-filled = Filled: { $path } ({ $cells } cells, { $people } people in lists).
