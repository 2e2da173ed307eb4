//! One integration binary: the house's walls, its promises, and the window driven by its labels.

mod applications;
mod backups;
mod campaign_answer;
mod campaign_mornings;
mod campaign_offers;
mod campaign_papers;
mod campaign_plans;
mod campaign_words;
mod campaigns;
#[cfg(unix)]
mod canaries;
mod care;
mod child_papers;
mod cli_benefits;
mod cli_children;
mod cli_duplicates;
mod cli_people;
mod cli_programmes;
#[cfg(unix)]
mod clocks;
mod consents;
mod copies;
#[cfg(unix)]
mod corpus;
mod corrections;
#[cfg(unix)]
mod crash;
#[cfg(unix)]
mod damage;
mod day;
mod demo;
mod departures;
mod duplicates;
mod escrows;
mod facts;
#[cfg(target_os = "linux")]
mod full_disk;
mod golden;
mod hand_overs;
mod hand_up;
mod hand_up_hostile;
mod hand_up_size;
mod histories;
mod hostile_text;
mod households;
mod import_hostile;
mod import_known;
mod import_layouts;
mod import_mess;
mod import_more_layouts;
mod import_rules;
mod import_support;
mod import_writes;
mod joins;
mod keeping;
mod keys;
mod layers;
mod left;
mod lists;
#[cfg(target_os = "linux")]
mod mediums;
mod months;
mod narrowing;
mod newcomers;
mod outreach;
mod own_copy;
mod paper_pages;
mod papers;
#[cfg(target_os = "linux")]
mod planner;
mod power;
mod power_steps;
mod privacy;
mod programmes;
mod quality;
mod reconcile;
#[cfg(unix)]
mod recoveries;
#[cfg(target_os = "linux")]
mod refusals;
#[cfg(unix)]
mod restores;
mod roll;
mod rounds;
mod same_person;
mod search;
#[cfg(unix)]
mod secrets;
mod states;
mod statistics;
#[cfg(unix)]
mod storage;
mod support;
mod township_form;
mod twins;
mod ui_benefits;
mod ui_campaign_form;
mod ui_campaigns;
mod ui_consents;
#[cfg(unix)]
mod ui_damage;
mod ui_day;
mod ui_duplicates;
mod ui_first_run;
mod ui_forms;
mod ui_hand_up;
mod ui_help;
mod ui_history;
mod ui_hostile;
mod ui_import;
mod ui_keys;
mod ui_laptops;
mod ui_lists;
mod ui_lock;
mod ui_looking;
#[cfg(target_os = "linux")]
mod ui_medium;
mod ui_months;
#[cfg(unix)]
mod ui_office;
mod ui_papers;
mod ui_privacy;
mod ui_quality;
mod ui_search;
mod ui_secret;
mod ui_township_form;
mod verdicts;
mod versions;
mod village_record;
mod words;
