import { randomUUID } from 'node:crypto'
import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Never edit one that has shipped; add the next. */
export const migrations = (dialect: 'sqlite' | 'postgres'): Record<string, Migration> => ({
  '001-first-tables': { up: (db) => firstTables(db, dialect) },
  '002-failed-messages': { up: failedMessages },
  '003-hazard-register': { up: (db) => hazardRegister(db, dialect) },
  '004-withdrawn-photos': { up: withdrawnPhotos },
  '005-colleagues': { up: colleagues },
  '006-objections-and-closings': { up: (db) => objectionsAndClosings(db, dialect) },
  '007-claims-and-contacts': { up: (db) => claimsAndContacts(db, dialect) },
  '008-model-inquiries': { up: modelInquiries },
  '009-confirmed-answers': { up: confirmedAnswers },
})

/** Somebody says that a registered enterprise is theirs too; a contact hands over to another; a licence is no answer. */
async function claimsAndContacts(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres') {
  const { schema } = db
  await schema
    .createTable('claims')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('enterprise_id', 'text', (column) => column.notNull().references('enterprises.id'))
    .addColumn('contact', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('asked_at', 'text', (column) => column.notNull())
    .addColumn('evidence_id', 'text')
    .addColumn('decided_by', 'text')
    .addColumn('decided_at', 'text')
    .execute()
  await schema
    .createIndex('claims_open')
    .on('claims')
    .columns(['enterprise_id', 'contact'])
    .unique()
    .where(sql<boolean>`state in ('asked', 'withRegulator')`)
    .execute()
  await schema.createIndex('claims_contact').on('claims').column('contact').execute()

  await withSequence(schema.createTable('contact_changes'), 'seq', dialect)
    .addColumn('enterprise_id', 'text', (column) => column.notNull().references('enterprises.id'))
    .addColumn('from_name', 'text', (column) => column.notNull())
    .addColumn('to_name', 'text', (column) => column.notNull())
    .addColumn('from_contact', 'text', (column) => column.notNull())
    .addColumn('to_contact', 'text', (column) => column.notNull())
    .addColumn('changed_by', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .execute()
  await schema.createIndex('contact_changes_enterprise').on('contact_changes').column('enterprise_id').execute()

  await schema
    .alterTable('invitations')
    .addColumn('role', 'text', (column) => column.notNull().defaultTo('colleague'))
    .execute()
  await schema.createIndex('members_contact').on('members').column('contact').execute()
  await withoutNotNull(db, dialect, 'evidence', ['assessment_id', 'item_id', 'position'])
}

/** SQLite changes no column of a table: it is made anew, with its rows and its indexes. */
async function withoutNotNull(
  db: Kysely<unknown>,
  dialect: 'sqlite' | 'postgres',
  table: string,
  columns: readonly string[],
) {
  if (dialect === 'postgres') {
    for (const column of columns)
      await db.schema
        .alterTable(table)
        .alterColumn(column, (each) => each.dropNotNull())
        .execute()
    return
  }
  const { rows } = await sql<{ type: string; sql: string | null }>`
    select type, sql from sqlite_master where tbl_name = ${table}`.execute(db)
  const anew = columns.reduce(
    (create, column) => create.replace(new RegExp(`("${column}" \\w+) not null`), '$1'),
    rows.find(({ type }) => type === 'table')?.sql ?? '',
  )
  await sql.raw(anew.replace(/^create table "\w+"/i, 'create table "anew"')).execute(db)
  await sql.raw(`insert into "anew" select * from "${table}"`).execute(db)
  await db.schema.dropTable(table).execute()
  await sql.raw(`alter table "anew" rename to "${table}"`).execute(db)
  for (const { type, sql: create } of rows) if (type === 'index' && create !== null) await sql.raw(create).execute(db)
}

/** What a language model was asked, what it proposed and what the owner chose. */
async function modelInquiries(db: Kysely<unknown>) {
  await db.schema
    .createTable('model_inquiries')
    .addColumn('message', 'text', (column) => column.primaryKey())
    .addColumn('turn', 'integer', (column) => column.notNull())
    .addColumn('item_ref', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('proposed', 'text')
    .addColumn('asked_at', 'text', (column) => column.notNull())
    .addColumn('chosen', 'text')
    .addColumn('chosen_at', 'text')
    .execute()
}

/** An answer of an earlier assessment may be confirmed instead of given anew: the record says which. */
async function confirmedAnswers({ schema }: Kysely<unknown>) {
  await schema.alterTable('answers').addColumn('confirmed_from', 'text').execute()
}

/** Several people answer for one enterprise: who they are, how they came in, and what each bookmark has seen of the rest. */
async function colleagues(db: Kysely<unknown>) {
  const { schema } = db
  await schema
    .createTable('members')
    .addColumn('enterprise_id', 'text', (column) => column.notNull().references('enterprises.id'))
    .addColumn('contact', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('joined_at', 'text', (column) => column.notNull())
    .addColumn('left_at', 'text')
    .addPrimaryKeyConstraint('members_pk', ['enterprise_id', 'contact'])
    .execute()
  await sql`insert into members (enterprise_id, contact, role, name, joined_at)
    select id, contact, 'contact', contact_name, created_at from enterprises`.execute(db)

  await schema
    .createTable('invitations')
    .addColumn('code_hash', 'text', (column) => column.primaryKey())
    .addColumn('enterprise_id', 'text', (column) => column.notNull().references('enterprises.id'))
    .addColumn('assessment_id', 'text', (column) => column.notNull().references('self_assessments.id'))
    .addColumn('item_id', 'text')
    .addColumn('made_by', 'text', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('used_by', 'text')
    .addColumn('used_at', 'text')
    .execute()
  await schema
    .createTable('wrong_codes')
    .addColumn('contact', 'text', (column) => column.notNull())
    .addColumn('tried_at', 'text', (column) => column.notNull())
    .execute()
  await schema.createIndex('wrong_codes_contact').on('wrong_codes').columns(['contact', 'tried_at']).execute()

  await schema.alterTable('answers').addColumn('answered_by', 'text').execute()
  await schema.alterTable('conversations').addColumn('seen', 'text').execute()
  await schema.alterTable('conversations').addColumn('refs', 'text').execute()
}

/** Rectification outlives the application it was found in, and what is told later needs a place to wait. */
async function hazardRegister(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres') {
  const { schema } = db
  await withSequence(schema.createTable('hazards'), 'seq', dialect)
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('enterprise_id', 'text', (column) => column.notNull().references('enterprises.id'))
    .addColumn('assessment_id', 'text', (column) => column.notNull().references('self_assessments.id'))
    .addColumn('item_id', 'text', (column) => column.notNull())
    .addColumn('ref', 'text', (column) => column.notNull())
    .addColumn('grade', 'text', (column) => column.notNull())
    .addColumn('measure', 'text')
    .addColumn('responsible_person', 'text')
    .addColumn('found_on', 'text', (column) => column.notNull())
    .addColumn('due_on', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('done_on', 'text')
    .addColumn('done_in', 'text')
    .addColumn('evidence_id', 'text')
    .addColumn('accepted_on', 'text')
    .addColumn('accepted_by', 'text')
    .execute()
  await schema
    .createIndex('hazards_evidence')
    .on('hazards')
    .column('evidence_id')
    .where('evidence_id', 'is not', null)
    .execute()
  await schema.createIndex('hazards_item').on('hazards').columns(['enterprise_id', 'item_id', 'seq']).execute()
  await schema
    .createIndex('hazards_open')
    .on('hazards')
    .columns(['enterprise_id', 'item_id'])
    .unique()
    .where(sql<boolean>`state = 'open'`)
    .execute()

  await withSequence(schema.createTable('hazard_changes'), 'seq', dialect)
    .addColumn('hazard_id', 'text', (column) => column.notNull().references('hazards.id'))
    .addColumn('changed_by', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addColumn('field', 'text', (column) => column.notNull())
    .addColumn('from_value', 'text')
    .addColumn('to_value', 'text')
    .execute()
  await schema.createIndex('hazard_changes_hazard').on('hazard_changes').columns(['hazard_id', 'seq']).execute()

  await withSequence(schema.createTable('reminders'), 'seq', dialect)
    .addColumn('unique_key', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('contact', 'text', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('step', 'integer', (column) => column.notNull())
    .addColumn('told_on', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .execute()
  await schema.createIndex('reminders_due').on('reminders').columns(['state', 'due_at']).execute()

  await schema
    .createTable('muted_contacts')
    .addColumn('contact', 'text', (column) => column.primaryKey())
    .addColumn('muted_at', 'text', (column) => column.notNull())
    .execute()

  await registerFiledHazards(db)
}

interface FiledRow {
  readonly enterprise_id: string
  readonly assessment_id: string
  readonly filed_at: string
  readonly hazards: string
  readonly ledger: string
  readonly contact: string
}

/** What owners were told a date for keeps it; unless a re-check has looked since. */
async function registerFiledHazards(db: Kysely<unknown>) {
  const { rows } = await sql<FiledRow>`
    select enterprise_id, assessment_id, filed_at, hazards, ledger, contact
    from applications join enterprises on enterprises.id = enterprise_id
    where not exists (
      select 1 from applications as later
      where later.enterprise_id = applications.enterprise_id and later.filed_at > applications.filed_at
    ) and not exists (
      select 1 from self_assessments
      where application_id = applications.id and purpose = 'recheck' and state = 'completed'
    )
    order by filed_at, number`.execute(db)
  for (const row of rows) await registerFiled(db, row)
}

async function registerFiled(db: Kysely<unknown>, row: FiledRow) {
  const hazards = JSON.parse(row.hazards) as readonly { id: string; dueOn: string | null }[]
  const ledger = JSON.parse(row.ledger) as readonly { itemId: string; ref: string }[]
  const dueOn: string[] = []
  for (const { id, dueOn: due } of hazards) {
    const ref = ledger.find(({ itemId }) => itemId === id)?.ref
    if (due === null || ref === undefined) continue
    dueOn.push(due)
    await sql`
      insert into hazards (id, enterprise_id, assessment_id, item_id, ref, grade, found_on, due_on, state)
      values (${randomUUID()}, ${row.enterprise_id}, ${row.assessment_id}, ${id}, ${ref}, 'general',
        ${dayInChina(row.filed_at)}, ${due}, 'open')
      on conflict do nothing`.execute(db)
  }
  const [first] = dueOn.sort()
  if (first === undefined) return
  const key = `rectification:${row.enterprise_id}`
  await sql`
    insert into reminders (unique_key, kind, subject, contact, due_at, step, state)
    values (${key}, 'rectification', ${row.enterprise_id}, ${row.contact}, ${`${first}T01:00:00.000Z`}, 0, 'pending')
    on conflict do nothing`.execute(db)
}

const dayInChina = (instant: string) => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10)

/** What was given up is counted often, among all that was ever sent. */
async function failedMessages({ schema }: Kysely<unknown>) {
  const failed = sql<boolean>`state = 'failed'`
  await schema.createIndex('outbox_failed').on('outbox').column('seq').where(failed).execute()
}

async function withdrawnPhotos({ schema }: Kysely<unknown>) {
  await schema.alterTable('evidence').addColumn('withdrawn_at', 'text').execute()
}

/** What an enterprise says of a decision, and that it closes: neither changes the application by itself. */
async function objectionsAndClosings({ schema }: Kysely<unknown>, dialect: 'sqlite' | 'postgres') {
  await withSequence(schema.createTable('objections'), 'seq', dialect)
    .addColumn('application_id', 'text', (column) => column.notNull().references('applications.id'))
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .execute()
  await schema.createIndex('objections_application').on('objections').column('application_id').execute()

  await schema
    .createTable('closings')
    .addColumn('enterprise_id', 'text', (column) => column.primaryKey().references('enterprises.id'))
    .addColumn('told_by', 'text', (column) => column.notNull())
    .addColumn('told_at', 'text', (column) => column.notNull())
    .execute()
}

/** A running number that is never used twice. */
const withSequence = <T extends string, C extends string>(
  table: CreateTableBuilder<T, C>,
  name: string,
  dialect: 'sqlite' | 'postgres',
) =>
  dialect === 'postgres'
    ? table.addColumn(name, 'integer', (column) => column.generatedAlwaysAsIdentity().primaryKey())
    : table.addColumn(name, 'integer', (column) => column.primaryKey().autoIncrement())

async function firstTables({ schema }: Kysely<unknown>, dialect: 'sqlite' | 'postgres') {
  await withSequence(schema.createTable('inbox'), 'seq', dialect)
    .addColumn('dedupe_key', 'text', (column) => column.notNull().unique())
    .addColumn('contact', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'text', (column) => column.notNull())
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('error', 'text')
    .execute()
  await schema.createIndex('inbox_state').on('inbox').columns(['state', 'seq']).execute()

  await schema
    .createTable('enterprises')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('uscc', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('district', 'text', (column) => column.notNull())
    .addColumn('industry_class', 'text', (column) => column.notNull())
    .addColumn('industry', 'text', (column) => column.notNull())
    .addColumn('headcount', 'integer', (column) => column.notNull())
    .addColumn('contact', 'text', (column) => column.notNull())
    .addColumn('contact_name', 'text', (column) => column.notNull())
    .addColumn('contact_phone', 'text', (column) => column.notNull())
    .addColumn('facts', 'text', (column) => column.notNull())
    .addColumn('policy', 'text', (column) => column.notNull())
    .addColumn('consented_at', 'text', (column) => column.notNull())
    .addColumn('consent_version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute()

  await schema
    .createTable('self_assessments')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('enterprise_id', 'text', (column) => column.notNull().references('enterprises.id'))
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('policy', 'text', (column) => column.notNull())
    .addColumn('refs', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('application_id', 'text')
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('completed_at', 'text')
    .execute()
  await schema.createIndex('self_assessments_enterprise').on('self_assessments').column('enterprise_id').execute()

  await schema
    .createTable('conversations')
    .addColumn('contact', 'text', (column) => column.primaryKey())
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('enterprise_id', 'text', (column) => column.references('enterprises.id'))
    .addColumn('assessment_id', 'text', (column) => column.references('self_assessments.id'))
    .addColumn('snapshot', 'text', (column) => column.notNull())
    .addColumn('turn', 'integer', (column) => column.notNull())
    .addColumn('prompt', 'text')
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .execute()
  await schema.createIndex('conversations_enterprise').on('conversations').column('enterprise_id').execute()

  await withSequence(schema.createTable('answers'), 'seq', dialect)
    .addColumn('assessment_id', 'text', (column) => column.notNull().references('self_assessments.id'))
    .addColumn('item_id', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('mark', 'text', (column) => column.notNull())
    .addColumn('excused_by', 'text')
    .addColumn('dedupe_key', 'text', (column) => column.notNull())
    .addColumn('answered_at', 'text', (column) => column.notNull())
    .execute()
  await schema.createIndex('answers_assessment').on('answers').columns(['assessment_id', 'seq']).execute()

  await schema
    .createTable('evidence')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('assessment_id', 'text', (column) => column.notNull().references('self_assessments.id'))
    .addColumn('item_id', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('contact', 'text', (column) => column.notNull())
    .addColumn('rectifies', 'integer', (column) => column.notNull())
    .addColumn('media_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('why_lost', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_attempt_at', 'text', (column) => column.notNull())
    .addColumn('file', 'text')
    .addColumn('thumbnail', 'text')
    .addColumn('content_type', 'text')
    .addColumn('sha256', 'text')
    .addColumn('bytes', 'integer')
    .addColumn('width', 'integer')
    .addColumn('height', 'integer')
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addColumn('stored_at', 'text')
    .execute()
  await schema.createIndex('evidence_assessment').on('evidence').column('assessment_id').execute()
  await schema.createIndex('evidence_due').on('evidence').columns(['state', 'next_attempt_at']).execute()
  await schema.createIndex('evidence_sha256').on('evidence').column('sha256').execute()

  await schema
    .createTable('applications')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('assessment_id', 'text', (column) => column.notNull().unique().references('self_assessments.id'))
    .addColumn('enterprise_id', 'text', (column) => column.notNull().references('enterprises.id'))
    .addColumn('district', 'text', (column) => column.notNull())
    .addColumn('policy', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('snapshot', 'text', (column) => column.notNull())
    .addColumn('score', 'real')
    .addColumn('ledger', 'text', (column) => column.notNull())
    .addColumn('hazards', 'text', (column) => column.notNull())
    .addColumn('commitment', 'text', (column) => column.notNull())
    .addColumn('filed_at', 'text', (column) => column.notNull())
    .addColumn('review_due_on', 'text', (column) => column.notNull())
    .addColumn('decided_at', 'text')
    .addColumn('decided_by', 'text')
    .addColumn('announced_on', 'text')
    .addColumn('valid_until', 'text')
    .execute()
  await schema.createIndex('applications_district').on('applications').columns(['district', 'state']).execute()
  await schema.createIndex('applications_enterprise').on('applications').column('enterprise_id').execute()

  await schema
    .createTable('application_counters')
    .addColumn('district', 'text', (column) => column.notNull())
    .addColumn('year', 'integer', (column) => column.notNull())
    .addColumn('last', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('application_counters_pk', ['district', 'year'])
    .execute()

  await withSequence(schema.createTable('review_findings'), 'id', dialect)
    .addColumn('application_id', 'text', (column) => column.notNull().references('applications.id'))
    .addColumn('round', 'integer', (column) => column.notNull())
    .addColumn('item_id', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('regulator', 'text', (column) => column.notNull())
    .addColumn('written_at', 'text', (column) => column.notNull())
    .addColumn('resolved_at', 'text')
    .execute()
  await schema.createIndex('review_findings_application').on('review_findings').column('application_id').execute()

  await withSequence(schema.createTable('life_cycle_events'), 'seq', dialect)
    .addColumn('application_id', 'text', (column) => column.notNull().references('applications.id'))
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('happened_at', 'text', (column) => column.notNull())
    .addColumn('from_state', 'text', (column) => column.notNull())
    .addColumn('to_state', 'text', (column) => column.notNull())
    .execute()
  await schema.createIndex('life_cycle_events_application').on('life_cycle_events').column('application_id').execute()

  await withSequence(schema.createTable('deadlines'), 'seq', dialect)
    .addColumn('unique_key', 'text', (column) => column.notNull().unique())
    .addColumn('application_id', 'text', (column) => column.notNull().references('applications.id'))
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('settled_at', 'text')
    .execute()
  await schema.createIndex('deadlines_due').on('deadlines').columns(['state', 'due_at']).execute()
  await schema.createIndex('deadlines_application').on('deadlines').column('application_id').execute()

  await withSequence(schema.createTable('outbox'), 'seq', dialect)
    .addColumn('unique_key', 'text', (column) => column.notNull().unique())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('cause', 'text', (column) => column.notNull())
    .addColumn('series', 'text')
    .addColumn('prompt_id', 'text')
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('claimed_until', 'text')
    .addColumn('last_error', 'text')
    .addColumn('message_id', 'text')
    .addColumn('messages', 'integer')
    .addColumn('response_code', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'text')
    .execute()
  // What is still to be sent is little; what was sent stays for ever and must not slow the look for it.
  const open = sql<boolean>`state in ('pending', 'sending')`
  await schema.createIndex('outbox_due').on('outbox').columns(['due_at', 'seq']).where(open).execute()
  await schema.createIndex('outbox_recipient').on('outbox').columns(['recipient', 'due_at']).where(open).execute()
  await schema.createIndex('outbox_cause').on('outbox').column('cause').where(open).execute()
  await schema
    .createIndex('outbox_sent')
    .on('outbox')
    .columns(['recipient', 'sent_at'])
    .where('sent_at', 'is not', null)
    .execute()
  await schema
    .createIndex('outbox_prompt')
    .on('outbox')
    .column('prompt_id')
    .where('prompt_id', 'is not', null)
    .execute()

  await schema
    .createTable('regulators')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('district', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('added_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('regulators_pk', ['user_id', 'district'])
    .execute()

  await schema
    .createTable('settings')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()
}
