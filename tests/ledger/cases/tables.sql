CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE note (
	name VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_note PRIMARY KEY (name)
);
CREATE TABLE file (
	sha256 VARCHAR NOT NULL, 
	size_bytes BIGINT NOT NULL, 
	media_type TEXT NOT NULL, 
	content BLOB NOT NULL, 
	kept_at DATETIME NOT NULL, 
	CONSTRAINT pk_file PRIMARY KEY (sha256)
);
CREATE TABLE cycle (
	"key" VARCHAR NOT NULL, 
	year INTEGER NOT NULL, 
	quarter INTEGER NOT NULL, 
	step VARCHAR NOT NULL, 
	since DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	opened_at DATETIME NOT NULL, 
	round INTEGER NOT NULL, 
	closed_at DATETIME, 
	version INTEGER NOT NULL, 
	draft_version INTEGER, 
	row_days TEXT NOT NULL, 
	rows_done TEXT NOT NULL, 
	reminders INTEGER NOT NULL, 
	reminded_at DATETIME, 
	signed_pdf_sha256 VARCHAR NOT NULL, 
	CONSTRAINT pk_cycle PRIMARY KEY ("key")
);
CREATE TABLE unit_form (
	cycle VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	place INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	due_at DATETIME, 
	counted INTEGER NOT NULL, 
	accepted_at DATETIME, 
	snoozed_until DATETIME, 
	reopened INTEGER NOT NULL, 
	reminders INTEGER NOT NULL, 
	reminded_at DATETIME, away_until DATETIME, deputy VARCHAR DEFAULT '' NOT NULL, line_mails INTEGER DEFAULT '0' NOT NULL, waiting TEXT, evidence TEXT DEFAULT '[]' NOT NULL, 
	CONSTRAINT pk_unit_form PRIMARY KEY (cycle, unit), 
	CONSTRAINT fk_unit_form_cycle FOREIGN KEY(cycle) REFERENCES cycle ("key")
);
CREATE TABLE submission (
	cycle VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	file_sha256 VARCHAR NOT NULL, 
	file_name TEXT NOT NULL, 
	sender TEXT NOT NULL, 
	message_id TEXT NOT NULL, 
	data TEXT NOT NULL, 
	faults TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	received_at DATETIME NOT NULL, 
	accepted BOOLEAN NOT NULL, 
	CONSTRAINT pk_submission PRIMARY KEY (cycle, unit, number), 
	CONSTRAINT fk_submission_cycle FOREIGN KEY(cycle, unit) REFERENCES unit_form (cycle, unit)
);
CREATE TABLE draft (
	cycle VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	docx_sha256 VARCHAR NOT NULL, 
	pdf_sha256 VARCHAR NOT NULL, 
	edited_by TEXT NOT NULL, 
	compiled_at DATETIME, 
	passed_on BOOLEAN NOT NULL, 
	CONSTRAINT pk_draft PRIMARY KEY (cycle, version), 
	CONSTRAINT fk_draft_cycle FOREIGN KEY(cycle) REFERENCES cycle ("key")
);
CREATE TABLE verdict (
	cycle VARCHAR NOT NULL, 
	place INTEGER NOT NULL, 
	step VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	docx_sha256 VARCHAR NOT NULL, 
	mail_sha256 VARCHAR NOT NULL, 
	proof VARCHAR NOT NULL, 
	address TEXT NOT NULL, 
	word TEXT NOT NULL, 
	message_id TEXT NOT NULL, 
	remarks TEXT NOT NULL, 
	approved BOOLEAN NOT NULL, 
	draft_version INTEGER NOT NULL, 
	given_at DATETIME NOT NULL, 
	CONSTRAINT pk_verdict PRIMARY KEY (cycle, place), 
	CONSTRAINT fk_verdict_cycle FOREIGN KEY(cycle) REFERENCES cycle ("key")
);
CREATE TABLE inbox (
	id INTEGER NOT NULL, 
	account TEXT NOT NULL, 
	folder TEXT NOT NULL, 
	message_id TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	error TEXT NOT NULL, 
	uid_validity BIGINT NOT NULL, 
	uid BIGINT NOT NULL, 
	size_bytes BIGINT NOT NULL, 
	file_sha256 VARCHAR, 
	truncated BOOLEAN NOT NULL, 
	received_at DATETIME NOT NULL, 
	kept_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	outcome VARCHAR, 
	settled_at DATETIME, 
	same_as INTEGER, 
	server_done BOOLEAN NOT NULL, signed_by VARCHAR, body_sha256 VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_inbox PRIMARY KEY (id), 
	CONSTRAINT uq_inbox_account UNIQUE (account, folder, uid_validity, uid), 
	CONSTRAINT fk_inbox_file_sha256 FOREIGN KEY(file_sha256) REFERENCES file (sha256), 
	CONSTRAINT fk_inbox_same_as FOREIGN KEY(same_as) REFERENCES inbox (id)
);
CREATE TABLE inbox_cycle (
	inbox_id INTEGER NOT NULL, 
	cycle VARCHAR NOT NULL, 
	CONSTRAINT pk_inbox_cycle PRIMARY KEY (inbox_id, cycle), 
	CONSTRAINT fk_inbox_cycle_inbox_id FOREIGN KEY(inbox_id) REFERENCES inbox (id), 
	CONSTRAINT fk_inbox_cycle_cycle FOREIGN KEY(cycle) REFERENCES cycle ("key")
);
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	cycle VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	message_id VARCHAR NOT NULL, 
	file_sha256 VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	phase VARCHAR NOT NULL, 
	claimed_by VARCHAR NOT NULL, 
	address TEXT NOT NULL, 
	reply TEXT NOT NULL, 
	last_error TEXT NOT NULL, 
	bounce TEXT NOT NULL, 
	queued_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	claimed_until DATETIME, 
	sent_at DATETIME, 
	tries INTEGER NOT NULL, 
	fence INTEGER NOT NULL, 
	is_answer BOOLEAN NOT NULL, 
	told BOOLEAN NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT uq_outbox_key UNIQUE ("key"), 
	CONSTRAINT uq_outbox_message_id UNIQUE (message_id), 
	CONSTRAINT fk_outbox_file_sha256 FOREIGN KEY(file_sha256) REFERENCES file (sha256)
);
CREATE TABLE journal (
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	cycle VARCHAR NOT NULL, 
	event TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	hash VARCHAR NOT NULL, 
	CONSTRAINT pk_journal PRIMARY KEY (number)
);
CREATE TABLE journal_head (
	id INTEGER NOT NULL, 
	lines INTEGER NOT NULL, 
	hash VARCHAR NOT NULL, 
	CONSTRAINT pk_journal_head PRIMARY KEY (id)
);
CREATE TABLE look (
	account TEXT NOT NULL, 
	folder TEXT NOT NULL, 
	uid_validity BIGINT NOT NULL, 
	first_at DATETIME NOT NULL, 
	looked_at DATETIME NOT NULL, 
	shown TEXT NOT NULL, 
	held TEXT NOT NULL, 
	overdue TEXT NOT NULL, 
	first_uid_next BIGINT NOT NULL, 
	uid_next BIGINT NOT NULL, 
	CONSTRAINT pk_look PRIMARY KEY (account, folder, uid_validity)
);
INSERT INTO alembic_version (version_num) VALUES ('0006');
