import type { LifeCycleContext } from '../../flows/standardization/index.ts'
import { chinaDateOf } from '../calendar/dates.ts'
import { type Policy, policyNamed } from '../policy/policy.ts'
import { hazardRegister } from '../rectification/index.ts'
import { type HazardView, type HazardWords, hazardWords, termText } from '../replies/hazards.ts'
import { envelopeIn } from '../standardization/envelope.ts'
import { districtNamed, type House, industryTitle } from '../standardization/house.ts'
import { questionOf } from '../standardization/review-desk.ts'
import { rightOn } from '../standardization/rights.ts'
import { answersOf, type RecordedAnswer } from '../storage/answers.ts'
import {
  type Application,
  applicationBehind,
  applicationById,
  type FiledHazard,
  type FiledLine,
  findingsOf,
  type LifeCycleStep,
  type ReviewFinding,
  stepsOf,
} from '../storage/applications.ts'
import { assessmentOf } from '../storage/assessments.ts'
import { closingOf } from '../storage/closings.ts'
import { type ContactChange, contactChangesOf } from '../storage/contact-changes.ts'
import type { Trx } from '../storage/database.ts'
import { type Enterprise, enterpriseOf } from '../storage/enterprises.ts'
import { type Evidence, evidenceOf } from '../storage/evidence.ts'
import { type Member, membersOf, namesOfAnswers } from '../storage/members.ts'
import { type Objection, objectionsOf } from '../storage/objections.ts'

/** All that a regulator sees of an application. */
export interface ApplicationView {
  readonly application: Application
  readonly context: LifeCycleContext
  readonly enterprise: Enterprise
  readonly district: string
  readonly industry: string
  /** What it declared to have on its site, in words. */
  readonly facts: readonly string[]
  readonly ledger: readonly LedgerRow[]
  readonly hazards: readonly HazardRow[]
  /** Of the enterprise, as it stands today. */
  readonly register: readonly RegisterRow[]
  readonly findings: readonly ReviewFinding[]
  /** What the owner had to say against a decision. */
  readonly objections: readonly Objection[]
  /** When the enterprise said that it has closed. */
  readonly closedAt: Date | undefined
  readonly contactChanges: readonly ContactChange[]
  readonly steps: readonly LifeCycleStep[]
  /** The rules it is decided by, with what their document is worth. */
  readonly policy: Pick<Policy, 'title' | 'status'>
}

export interface LedgerRow extends FiledLine {
  readonly question: string
  /** In words; null for what applies. */
  readonly why: string | null
  /** A name; null where one person answered all. */
  readonly answeredBy: string | null
  /** Null for what was answered as it was asked. */
  readonly confirmed: Confirmation | null
  readonly photos: readonly Evidence[]
}

/** An answer of an earlier application, which was said to hold still. */
export interface Confirmation {
  /** Of that application. */
  readonly number: string
  readonly name: string
  /** ISO date in China. */
  readonly on: string
}

export interface HazardRow extends FiledHazard {
  /** Of the document its clause is in. */
  readonly document: string
}

export interface RegisterRow extends HazardWords {
  /** The term, and how near it is. */
  readonly left: string
  readonly isMajor: boolean
}

/** Undefined when there is no such application, or it is none of this person's business. */
export async function applicationView(
  trx: Trx,
  house: House,
  {
    applicationId,
    userId,
    t,
    language,
  }: { applicationId: string; userId: string } & Pick<HazardView, 't' | 'language'>,
): Promise<ApplicationView | undefined> {
  const application = await applicationById(trx, applicationId)
  const right = application && (await rightOn(trx, house, userId, application.district))
  if (!application || !right) return undefined

  const enterprise = await enterpriseOf(trx, application.enterpriseId)
  const photos = await evidenceOf(trx, application.assessmentId)
  const answers = await answersOf(trx, application.assessmentId)
  const members = await membersOf(trx, enterprise.id)
  const names = namesOfAnswers(answers, members)
  const confirmed = await confirmations(trx, answers, members)
  const register = await hazardRegister(trx, enterprise.id)
  const words = { t, language, library: house.library, today: chinaDateOf(house.clock()) }
  return {
    application,
    context: envelopeIn(application).context,
    enterprise,
    district: districtNamed(house, application.district).title,
    industry: industryTitle(house, enterprise.industry),
    facts: enterprise.facts.map((fact) => factLabel(house, fact)),
    ledger: application.ledger.map((line) => ({
      ...line,
      question: questionOf(house, application, line.number),
      why: line.excusedBy === null ? null : factLabel(house, line.excusedBy),
      answeredBy: names.get(line.itemId) ?? null,
      confirmed: confirmed.get(line.itemId) ?? null,
      photos: photos.filter(({ itemId }) => itemId === line.itemId),
    })),
    hazards: application.hazards.map((hazard) => ({ ...hazard, document: documentTitle(house, hazard) })),
    register: register.map((hazard) => ({
      ...hazardWords(hazard, enterprise.contactName, words),
      left: termText(hazard, words),
      isMajor: hazard.grade === 'major',
    })),
    findings: await findingsOf(trx, application.id),
    objections: await objectionsOf(trx, application.id),
    closedAt: await closingOf(trx, enterprise.id),
    contactChanges: await contactChangesOf(trx, enterprise.id),
    policy: policyNamed(house, application.policy),
    steps: await stepsOf(trx, application.id),
  }
}

/** By item: who confirmed which answers of before, and when. */
async function confirmations(
  trx: Trx,
  answers: readonly RecordedAnswer[],
  members: readonly Member[],
): Promise<ReadonlyMap<string, Confirmation>> {
  const sources = new Set(answers.flatMap(({ confirmedFrom }) => confirmedFrom ?? []))
  const numbers = new Map<string, string>()
  for (const id of sources) numbers.set(id, (await applicationBehind(trx, await assessmentOf(trx, id)))?.number ?? '')
  const nameOf = (by: string | null) => members.find(({ contact }) => contact === by)?.name ?? by ?? ''
  return new Map(
    answers.flatMap(({ itemId, confirmedFrom, answeredBy, answeredAt }) =>
      confirmedFrom === null
        ? []
        : [
            [
              itemId,
              {
                number: numbers.get(confirmedFrom) ?? '',
                name: nameOf(answeredBy),
                on: chinaDateOf(new Date(answeredAt)),
              },
            ],
          ],
    ),
  )
}

/** A fact is stored by its id; a missing thing is stored in words. */
function factLabel({ library }: House, fact: string): string {
  const facts = library.siteProfile.groups.flatMap((group) => group.facts)
  return facts.find(({ id }) => id === fact)?.label ?? fact
}

const documentTitle = ({ library }: House, { clause }: FiledHazard): string =>
  library.documents.documents.find(({ id }) => id === clause.document)?.title ?? clause.document
