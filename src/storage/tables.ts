import type { ColumnType, Generated, Insertable, Selectable } from 'kysely'
import type { Mark } from '../checklist/rules.ts'

/**
 * The rows, the same on SQLite and PostgreSQL: instants are ISO strings in UTC, `*_on` are ISO dates in
 * China, and what only we read is JSON text. Row shapes stay in this folder; what leaves it are domain types.
 */
export interface Tables {
  inbox: InboxTable
  model_inquiries: ModelInquiryTable
  conversations: ConversationTable
  enterprises: EnterpriseTable
  members: MemberTable
  invitations: InvitationTable
  wrong_codes: WrongCodeTable
  claims: ClaimTable
  contact_changes: ContactChangeTable
  self_assessments: SelfAssessmentTable
  answers: AnswerTable
  evidence: EvidenceTable
  applications: ApplicationTable
  application_counters: ApplicationCounterTable
  review_findings: ReviewFindingTable
  life_cycle_events: LifeCycleEventTable
  objections: ObjectionTable
  closings: ClosingTable
  deadlines: DeadlineTable
  hazards: HazardTable
  hazard_changes: HazardChangeTable
  reminders: ReminderTable
  muted_contacts: MutedContactTable
  outbox: OutboxTable
  regulators: RegulatorTable
  settings: SettingTable
}

/** Every message that ever reached us, once. `seq` is the order in which they were processed. */
export interface InboxTable {
  seq: Generated<number>
  dedupe_key: string
  contact: string
  /** JSON of `InboundContent`. */
  content: string
  sent_at: string
  received_at: string
  state: 'processed' | 'failed'
  error: string | null
}

/** What a language model was asked about a message of the inbox. */
export interface ModelInquiryTable {
  /** Its dedupe key. */
  message: string
  /** Of the conversation, when it was asked. */
  turn: number
  /** `checklist/item@version` */
  item_ref: string
  outcome: 'proposed' | 'none' | 'late' | 'malformed' | 'failed'
  proposed: 'good' | 'bad' | null
  asked_at: string
  /** What the owner then said of the item. */
  chosen: Mark | null
  chosen_at: string | null
}

/** Where a contact is. One row per contact. */
export interface ConversationTable {
  contact: string
  /** Random; makes prompt ids unique even after a database was thrown away. */
  key: string
  language: string
  enterprise_id: string | null
  assessment_id: string | null
  /** JSON of the versioned envelope of the current flow. */
  snapshot: string
  /** Messages handled; numbers the prompts. */
  turn: number
  /** JSON of the one prompt whose buttons still count. */
  prompt: string | null
  /** JSON of what its bookmark has seen of what others did; null: nobody else had done anything. */
  seen: string | null
  /** JSON list: the checklist its bookmark counts by; null: that of the assessment. */
  refs: string | null
  updated_at: string
}

export interface EnterpriseTable {
  id: string
  uscc: string
  name: string
  /** GB/T 2260. */
  district: string
  /** Class of GB/T 4754. */
  industry_class: string
  industry: string
  headcount: number
  contact: string
  contact_name: string
  contact_phone: string
  /** JSON list of site profile facts. */
  facts: string
  policy: string
  consented_at: string
  consent_version: number
  created_at: string
}

/** Who answers for an enterprise. */
export interface MemberTable {
  enterprise_id: string
  contact: string
  role: MemberRole
  name: string
  joined_at: string
  left_at: string | null
}

/** The contact hears of the application and signs for it; a colleague helps. */
export type MemberRole = 'contact' | 'colleague'

/** A code that lets one person in, once. Only its hash is kept. */
export interface InvitationTable {
  code_hash: string
  enterprise_id: string
  /** Of a new contact: the newest. */
  assessment_id: string
  /** Null: the whole walk. */
  item_id: string | null
  /** What it makes of who comes with it. */
  role: Generated<MemberRole>
  made_by: string
  made_at: string
  expires_at: string
  used_by: string | null
  used_at: string | null
}

/** Codes that let nobody in. */
export interface WrongCodeTable {
  contact: string
  tried_at: string
}

/** Somebody says that a registered enterprise is theirs too. */
export interface ClaimTable {
  id: string
  enterprise_id: string
  contact: string
  name: string
  /** At most one of a contact and an enterprise is open. */
  state: ClaimState
  asked_at: string
  /** The photo of the licence. */
  evidence_id: string | null
  /** `owner:<contact>` or `regulator:<user id>`. */
  decided_by: string | null
  decided_at: string | null
}

/** The contact is asked first. */
export type ClaimState = 'asked' | 'withRegulator' | 'admitted' | 'refused' | 'withdrawn'

/** Who spoke for an enterprise, and who does since. Append-only. */
export interface ContactChangeTable {
  seq: Generated<number>
  enterprise_id: string
  from_name: string
  to_name: string
  from_contact: string
  to_contact: string
  /** `owner:<contact>` or `regulator:<user id>`. */
  changed_by: string
  changed_at: string
}

export type AssessmentPurpose = 'initial' | 'renewal' | 'recheck'

/** One walk through one frozen checklist. */
export interface SelfAssessmentTable {
  id: string
  enterprise_id: string
  purpose: AssessmentPurpose
  policy: string
  /** JSON list of `checklist/item@version`. */
  refs: string
  state: 'open' | 'completed' | 'abandoned'
  /** The listing that a re-check keeps alive. */
  application_id: string | null
  started_at: string
  completed_at: string | null
}

/** Append-only: the record. The newest row of an item is its answer; `withdrawn` takes it back. */
export interface AnswerTable {
  seq: Generated<number>
  assessment_id: string
  item_id: string
  position: number
  mark: 'conforming' | 'nonconforming' | 'notApplicable' | 'rectified' | 'keptOpen' | 'stillUnclear' | 'withdrawn'
  /** The declared fact or missing thing that excuses a `notApplicable`. */
  excused_by: string | null
  dedupe_key: string
  answered_at: string
  /** A contact; null in rows from before there were colleagues: that of the enterprise. */
  answered_by: string | null
  /** The earlier assessment that the answer was given in, where it was only confirmed. */
  confirmed_from: string | null
}

export interface EvidenceTable {
  id: string
  /** The three are null of a licence, which answers nothing. */
  assessment_id: string | null
  item_id: string | null
  position: number | null
  contact: string
  /** 1 when it shows a hazard put right. */
  rectifies: number
  media_id: string
  state: 'fetching' | 'stored' | 'lost'
  why_lost: 'lost' | 'tooLarge' | 'unreadable' | null
  attempts: number
  next_attempt_at: string
  /** Relative to the evidence folder. */
  file: string | null
  thumbnail: string | null
  content_type: string | null
  sha256: string | null
  bytes: number | null
  width: number | null
  height: number | null
  received_at: string
  stored_at: string | null
  /** Taken back by its owner, and kept. */
  withdrawn_at: string | null
}

export interface ApplicationTable {
  id: string
  number: string
  /** Exactly one application per self-assessment. */
  assessment_id: string
  enterprise_id: string
  district: string
  policy: string
  /** The life cycle's state, for queries; the snapshot is the truth. */
  state: string
  snapshot: string
  score: number | null
  /** JSON of the stored ledger lines: item ref, number, mark, weights. */
  ledger: string
  /** JSON list of hazards: id, grade, title, clause, item numbers, rectified or due on. */
  hazards: string
  /** JSON: name, declarations, signed at. */
  commitment: string
  filed_at: string
  review_due_on: string
  decided_at: string | null
  decided_by: string | null
  announced_on: string | null
  valid_until: string | null
}

/** The last running number given in a district and year. */
export interface ApplicationCounterTable {
  district: string
  year: number
  last: number
}

export interface ReviewFindingTable {
  id: Generated<number>
  application_id: string
  round: number
  item_id: string
  position: number
  number: number
  reason: string
  regulator: string
  written_at: string
  resolved_at: string | null
}

/** Every step of every life cycle, with who took it. Append-only. */
export interface LifeCycleEventTable {
  seq: Generated<number>
  application_id: string
  event: string
  actor: string
  happened_at: string
  from_state: string
  to_state: string
}

/** What an owner has to say against a rejection or a revocation. Append-only. */
export interface ObjectionTable {
  seq: Generated<number>
  application_id: string
  text: string
  /** A contact. */
  made_by: string
  made_at: string
}

/** Enterprises that say they have closed. */
export interface ClosingTable {
  enterprise_id: string
  /** A contact. */
  told_by: string
  told_at: string
}

/** Time as events: what happens to an application on a day unless something happens before. */
export interface DeadlineTable {
  seq: Generated<number>
  unique_key: string
  application_id: string
  /** JSON of a life cycle event. */
  event: string
  due_at: string
  state: 'pending' | 'fired' | 'cancelled'
  settled_at: string | null
}

/** The register of hazards (隐患台账): one row per finding, which stays while applications come and go. */
export interface HazardTable {
  /** The order in which they were found. */
  seq: Generated<number>
  id: string
  enterprise_id: string
  /** In which it was found. */
  assessment_id: string
  item_id: string
  /** `checklist/item@version`: what it is stands there. */
  ref: string
  grade: HazardGrade
  /** What the enterprise does about it; null: what the checklist advises. */
  measure: string | null
  /** Null: the person in charge of the enterprise. */
  responsible_person: string | null
  found_on: string
  /** Stays until somebody changes it. */
  due_on: string
  /** Of an enterprise and item at most one is open. */
  state: HazardState
  done_on: string | null
  /** The assessment whose answer says it is done; null: it was said outside of one. */
  done_in: string | null
  /** The photo that shows it done. */
  evidence_id: string | null
  accepted_on: string | null
  /** A regulator's user id. */
  accepted_by: string | null
}

export const hazardGrades = ['general', 'major'] as const
export type HazardGrade = (typeof hazardGrades)[number]

export const hazardStates = ['open', 'done', 'accepted', 'withdrawn'] as const
export type HazardState = (typeof hazardStates)[number]

/** What became of a hazard, step by step. Append-only. */
export interface HazardChangeTable {
  seq: Generated<number>
  hazard_id: string
  /** `owner:<contact>`, `regulator:<user id>` or `clock`. */
  changed_by: string
  changed_at: string
  field: HazardField
  from_value: string | null
  to_value: string | null
}

export type HazardField = 'grade' | 'measure' | 'responsible_person' | 'due_on' | 'state' | 'evidence_id'

/** What is told later unless it becomes pointless: one row per matter, which moves on whenever it has been told. */
export interface ReminderTable {
  seq: Generated<number>
  unique_key: string
  kind: ReminderKind
  /** Of `rectification` an enterprise, of `nudge` a contact, of `claim` a claim. */
  subject: string
  contact: string
  due_at: string
  /** How often it has been told since it was planned. */
  step: number
  told_on: string | null
  state: 'pending' | 'cancelled'
}

export const reminderKinds = ['rectification', 'nudge', 'claim'] as const
export type ReminderKind = (typeof reminderKinds)[number]

/** Who said 别提醒了. */
export interface MutedContactTable {
  contact: string
  muted_at: string
}

/** Everything that leaves the house. */
export interface OutboxTable {
  seq: Generated<number>
  /** One per cause and step: enqueueing it again changes nothing. */
  unique_key: string
  /** Contact. */
  recipient: string
  kind: 'reply' | 'cardUpdate'
  /** JSON of a `Reply` or a `CardUpdate`. */
  body: string
  /** Groups rows that are cancelled together. */
  cause: string
  /** Reminders of one thing: of those that are due, only the latest is sent. */
  series: string | null
  /** The prompt it carries. */
  prompt_id: string | null
  due_at: string
  /** `sending`: it may have been sent, we do not know yet. */
  state: 'pending' | 'sending' | 'sent' | 'failed' | 'cancelled'
  attempts: number
  /** Nobody takes the row before then: it is being sent, or waits to be tried again. */
  claimed_until: string | null
  last_error: string | null
  message_id: string | null
  /** How many messages it took on the channel; they count for the channel's limits per person. */
  messages: number | null
  /** Lets the card be updated later. */
  response_code: string | null
  created_at: string
  sent_at: string | null
}

export interface RegulatorTable {
  user_id: string
  district: string
  role: RegulatorRole
  added_at: string
}

export type RegulatorRole = 'reviewer' | 'approver' | 'viewer' | 'admin'

export interface SettingTable {
  key: string
  value: ColumnType<string, string, string>
}

export type OutboxRow = Selectable<OutboxTable>
export type NewOutboxRow = Insertable<OutboxTable>
export type EvidenceRow = Selectable<EvidenceTable>
export type InboxRow = Selectable<InboxTable>
