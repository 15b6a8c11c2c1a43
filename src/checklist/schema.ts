import { z } from 'zod'

/**
 * The shape of everything in `checklists/`. One schema gives the TypeScript types, the checks at start
 * and the JSON Schema that editors use (`npm run checklists -- --schema`).
 */

const id = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'camelCase, letters and digits')
const slug = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'kebab-case')
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date, YYYY-MM-DD')
const sentence = z.string().trim().min(1)

export const elementSchema = z
  .enum(['objectives', 'rules', 'training', 'siteManagement', 'riskControl', 'emergency', 'accidents', 'improvement'])
  .describe('The eight first-level elements, in the order of the basic norm: headings of the conversation')

/** How sure we are of a fact: the text itself was read; a third party states it; nobody has checked it yet; our own default. */
export const confidenceSchema = z.enum(['confirmed', 'secondary', 'unconfirmed', 'ownDefault'])

export const clauseSchema = z.strictObject({
  document: slug.describe('An id in documents.yaml'),
  clause: z.string().min(1).describe('The article or clause, such as 7(7)'),
  confidence: confidenceSchema.exclude(['ownDefault']),
})

export const evidenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.enum(['photo', 'cameraPhoto', 'document']),
    mustShow: sentence.max(60).describe('What has to be seen on it, in plain words'),
  }),
  z.strictObject({ kind: z.enum(['number', 'date']), asks: sentence.max(60) }),
])

const hearsWords = z.array(z.string().regex(/^[^\s\p{P}]{1,8}$/u, 'a bare word of 1 to 8 characters'))

const limitSchema = z.union(
  [
    z.strictObject({ most: z.int().min(0), of: hearsWords.min(1) }),
    z.strictObject({ least: z.int().min(1), of: hearsWords.min(1) }),
  ],
  'either most or least, and of what',
)

export const hearsSchema = z.strictObject({
  about: hearsWords.optional().describe('Names of the thing: may be repeated in an answer and say nothing'),
  parts: z
    .array(
      z.strictObject({
        ask: sentence.max(18).describe('A clause without its question particle: it is asked by itself, after “then”'),
        good: hearsWords.optional().describe('This part is as it should be; towards conforming, however it is asked'),
        bad: hearsWords.optional().describe('It is not; what denies another word here need not be listed'),
        done: hearsWords.optional().describe('Verbs which, once done, say that this part is as it should be'),
      }),
    )
    .min(1)
    .max(4)
    .describe('Each is one thing the question asks'),
  limit: limitSchema.optional().describe('A bare number answers the question'),
  lacks: z
    .record(z.string().min(1).max(8), z.enum(['nonconforming', 'notApplicable']))
    .optional()
    .describe('What it means that there is none of something the question or its reason names'),
})

export const itemSchema = z.strictObject({
  id: id.describe('Never reused, unique over all checklists'),
  element: elementSchema,
  question: sentence
    .max(60)
    .describe('Plain words, one main clause, at most 60 characters; asked so that it can be answered on the spot'),
  help: sentence.max(120).describe('Where to stand, what to look at, whom to ask'),
  why: sentence.max(60).describe('One line: the kind of accident it prevents'),
  compliantAnswer: z.enum(['yes', 'no']).default('yes').describe('Which plain answer to the question means conforming'),
  weight: z.int().min(1).max(10).describe('Share of the score: 1 paper, 2 habit, 3 equipment, 5 what kills'),
  weightReason: sentence.max(60).optional().describe('Why it weighs 5 or more though no major hazard hangs on it'),
  notApplicable: z
    .strictObject({
      reason: sentence
        .max(20)
        .describe('The thing the enterprise would have to lack, such as a spray booth; never the safeguard itself'),
      fact: id.optional().describe('The fact of the site profile that this answer takes back'),
      headcount: z
        .strictObject({
          from: z.int().min(2).describe('From this many people on nobody is excused'),
          only: z.boolean().default(false).describe('With fewer people the item is not asked at all'),
        })
        .optional()
        .describe('Where the reason is a size'),
    })
    .optional()
    .describe('Absent: the item applies to everybody, and lacking it means nonconforming'),
  hears: hearsSchema.optional().describe('The words that answer it; absent: plain answers only'),
  evidence: evidenceSchema.default({ kind: 'none' }),
  rectification: z.strictObject({
    now: sentence.max(60).optional().describe('What to stop or do at once'),
    advice: sentence.max(80).describe('What puts it right'),
    days: z.int().min(1).max(180).describe('Our default term in days; the owner may set another'),
  }),
  askWhen: z
    .strictObject({
      item: id.describe('An earlier item of the same checklist'),
      finding: z.enum(['conforming', 'nonconforming']),
    })
    .optional(),
  coveredBy: z
    .array(id)
    .min(1)
    .optional()
    .describe('Items of any checklist that ask the same and more: where one of them is asked, this one is not'),
  spare: z
    .boolean()
    .default(false)
    .describe('Among the least valuable: left out where an enterprise would be asked more than mostQuestions'),
  basis: z.array(clauseSchema).min(1),
  sources: z.array(sentence).default([]),
})

/** 条文的“并且”是 allOf，“或者”是 anyOf. */
const conditionSchema = z.union(
  [z.strictObject({ allOf: z.array(id).min(1) }), z.strictObject({ anyOf: z.array(id).min(1) })],
  'either allOf or anyOf, with at least one item',
)

/** An enterprise with its answers; all that is not named is answered 符合. */
const exampleSchema = z.strictObject({
  industry: slug,
  facts: z.array(id).default([]),
  headcount: z.int().min(1).optional(),
  answers: z.record(id, z.enum(['nonconforming', 'notApplicable'])).default({}),
  because: sentence.max(60).optional().describe('What an inspector should see in it'),
})

export const hazardSchema = z.strictObject({
  id,
  grade: z.enum(['general', 'major']).describe('A major hazard blocks filing, whatever the score'),
  title: sentence.max(40).describe('The hazard in one plain line'),
  clause: clauseSchema,
  when: conditionSchema.describe('Items found nonconforming'),
  industries: z
    .array(slug)
    .min(1)
    .optional()
    .describe('Industry checklists whose enterprises the clause speaks of; absent: everybody'),
  raisedBy: z
    .array(exampleSchema)
    .default([])
    .describe('The smallest profiles and answers that raise it: nothing may be taken away'),
  notRaisedBy: z.array(exampleSchema).default([]).describe('The nearest that do not'),
})

export const checklistSchema = z.strictObject({
  id: slug,
  version: z.int().min(1),
  kind: z.enum(['general', 'industry', 'module']),
  title: sentence.max(20),
  validFrom: date,
  notes: z.string().optional().describe('For maintainers: status of the standards, open questions'),
  items: z.array(itemSchema).min(1),
  hazards: z.array(hazardSchema).default([]),
})

export const documentsSchema = z.strictObject({
  documents: z.array(
    z.strictObject({
      id: slug,
      number: z.string().optional(),
      title: sentence,
      inForceFrom: date.optional(),
      supersededOn: date.optional(),
      supersededBy: z.string().optional(),
      confidence: confidenceSchema.exclude(['ownDefault']),
      statutory: z
        .boolean()
        .default(true)
        .describe('Law, regulation or mandatory standard; false: guidance, told as a reference only'),
      source: sentence,
    }),
  ),
})

export const siteProfileSchema = z.strictObject({
  version: z.int().min(1),
  mostQuestions: z
    .int()
    .min(1)
    .optional()
    .describe('From here on the least valuable items are left out, as far as there are any; absent: never'),
  groups: z
    .array(
      z.strictObject({
        id,
        heading: sentence.max(30),
        facts: z
          .array(
            z.strictObject({
              id,
              label: sentence.max(17).describe('As long as a check box may be'),
              words: z.array(z.string().min(1)).default([]).describe('What an owner may say instead'),
              together: z
                .array(z.array(z.string().min(1)).min(1))
                .min(2)
                .optional()
                .describe('Said on the way, one word of every list means it too: a material and what is done to it'),
              modules: z.array(slug).default([]).describe('Checklists this fact switches on'),
              askedAnyway: z
                .boolean()
                .default(false)
                .describe('Items that hang on it are asked although it was not ticked: owners do not always know'),
              industries: z
                .array(slug)
                .min(1)
                .optional()
                .describe('Asked of these industries only: what no other trade ever has'),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
})

export const industriesSchema = z.strictObject({
  industries: z.array(
    z.strictObject({
      id: slug.describe('The id of its checklist'),
      title: sentence.max(10),
      note: z.string().optional(),
      highHazard: z
        .boolean()
        .default(false)
        .describe('A high-hazard enterprise by itself, whatever the site profile says'),
      modules: z.array(slug).default([]).describe('Checklists that everybody of it is asked beside its own'),
    }),
  ),
  denials: z.array(z.string().min(1)).default([]).describe('What takes back the word that follows it'),
  takenBack: z.array(z.string().min(1)).default([]).describe('What takes back the word before it'),
  retiredCodes: z
    .array(z.string().regex(/^\d{2,4}$/))
    .default([])
    .describe('Codes of the edition before, which may be another trade now'),
  shops: z
    .array(
      z.strictObject({
        code: z.string().describe('The class of those who sell what others make'),
        ends: z.array(z.string().min(1)).default([]).describe('How their names end'),
        begins: z.array(z.string().min(1)).default([]).describe('How they begin to say what they do'),
      }),
    )
    .default([]),
  classes: z.array(
    z.strictObject({
      code: z
        .string()
        .regex(/^\d{2,4}$/)
        .describe('GB/T 4754-2017'),
      title: sentence,
      industry: slug.describe('An id of the list above, or none: no trade of ours, another authority sees to it'),
      confidence: confidenceSchema,
      source: sentence,
      words: z.array(z.string().min(1)).default([]).describe('What owners call it'),
      perhaps: z.array(z.string().min(1)).default([]).describe('What may be this: offered, never taken for granted'),
    }),
  ),
})

export const districtsSchema = z.strictObject({
  city: z.strictObject({
    code: z.string().regex(/^\d{6}$/),
    title: sentence,
    abbreviation: z.string(),
    bureau: sentence.optional().describe('Whom to ask while the district is not known'),
  }),
  source: sentence,
  confidence: confidenceSchema,
  districts: z.array(
    z.strictObject({
      code: z.string().regex(/^\d{6}$/),
      title: sentence,
      abbreviation: z.string().regex(/^[A-Z]{2,3}$/),
      bureau: sentence.describe('Who reviews there'),
      phone: z
        .string()
        .regex(/^\d[\d-]{2,}\d$/, 'digits and hyphens')
        .optional()
        .describe('Where an owner reaches them; absent while nobody has looked it up'),
      hours: sentence.max(40).optional().describe('When somebody answers there'),
      words: z.array(z.string().min(1)).default([]).describe('Sub-districts and short names'),
      note: z.string().optional(),
    }),
  ),
  zones: z
    .array(
      z.strictObject({
        id,
        title: sentence,
        bureau: sentence.describe('Who sees to it'),
        districts: z
          .array(z.string().regex(/^\d{6}$/))
          .describe('Where it is filed; several: the owner is asked; none: not here'),
        words: z.array(z.string().min(1)).default([]),
        note: z.string().optional(),
      }),
    )
    .default([])
    .describe('Places that owners name like a district and that have no code of their own'),
})

/** Wording that a check can catch, as patterns over a question. */
export const wordingSchema = z.strictObject({
  doubleNegatives: z
    .array(z.string().min(1).refine(isPattern, 'no regular expression'))
    .describe('Regular expressions: two negations that nobody answers safely'),
  denials: z.array(z.string().min(1)).default([]).describe('What denies the word behind it'),
  plainAnswers: z
    .array(z.string().min(1))
    .default([])
    .describe('Answers to any question: no word of a part, for they speak of the whole'),
})

/** Enterprises with all that such a firm has: what their owners are in for must stay bearable. */
export const enterprisesSchema = z.strictObject({
  questions: z.strictObject({ least: z.int().min(1), most: z.int().min(1) }).describe('What any of them may be asked'),
  requiredPhotos: z.int().min(0).describe('The most that any of them must send'),
  enterprises: z
    .array(
      z.strictObject({
        name: slug,
        title: sentence.max(40),
        headcount: z.int().min(1),
        industry: slug,
        facts: z.array(id),
        mostQuestions: z
          .strictObject({ value: z.int().min(1), because: sentence.max(80) })
          .optional()
          .describe('More than the others, and why'),
      }),
    )
    .min(1),
})

function isPattern(text: string): boolean {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}

export type ElementId = z.infer<typeof elementSchema>
export type Confidence = z.infer<typeof confidenceSchema>
export type Clause = z.infer<typeof clauseSchema>
export type Facets = z.infer<typeof hearsSchema>
export type PublishedItem = z.infer<typeof itemSchema>
export type HazardCriterion = z.infer<typeof hazardSchema>
export type HazardExample = z.infer<typeof exampleSchema>
export type PublishedChecklist = z.infer<typeof checklistSchema>
export type Documents = z.infer<typeof documentsSchema>
export type SiteProfile = z.infer<typeof siteProfileSchema>
export type Industries = z.infer<typeof industriesSchema>
export type Districts = z.infer<typeof districtsSchema>
export type Wording = z.infer<typeof wordingSchema>
export type Enterprises = z.infer<typeof enterprisesSchema>
export type TypicalEnterprise = Enterprises['enterprises'][number]

export const elements = elementSchema.options
