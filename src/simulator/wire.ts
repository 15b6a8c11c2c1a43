import { z } from 'zod'

/*
 * The bodies of message/send and message/update_template_card (D90236, D90372, D94888), as far as the simulator shows
 * them. Texts that WeCom's client cuts are cut here; what WeCom refuses is refused, the error starting with the errcode.
 * Members a card type does not have are dropped, because WeCom does not show them either.
 */

const codePoints = (text: string) => [...text].length

/** At most so many characters (字) are seen. */
const seen = (limit: number) =>
  z.string().transform((text) => (codePoints(text) > limit ? `${[...text].slice(0, limit - 1).join('')}…` : text))

/** At most so many UTF-8 bytes are seen, cut between code points. */
const seenBytes = (limit: number) => z.string().transform((text) => cutToBytes(text, limit))

/** An identifier of at most so many UTF-8 bytes. */
const key = (limit: number, errcode = 40058) =>
  z
    .string(`${errcode} key missing`)
    .min(1, `${errcode} key missing`)
    .refine((text) => Buffer.byteLength(text) <= limit, `${errcode} longer than ${limit} bytes`)

const url = z
  .string('45034 url without protocol')
  .regex(/^https?:\/\/\S+$/i, '45034 url without protocol')
  .refine((text) => Buffer.byteLength(text) <= 2048, '40039 url longer than 2048 bytes')

const taskId = z
  .string('42014 task_id missing')
  .regex(/^[0-9A-Za-z_\-@]{1,128}$/, '42014 task_id is 1 to 128 of 0-9 A-Z a-z _ - @')

const uniqueBy = <N extends string>(name: N) =>
  [
    (list: readonly { readonly [K in N]: unknown }[]) => new Set(list.map((entry) => entry[name])).size === list.length,
    `40058 ${name} is not unique`,
  ] as const

const source = z.object({
  icon_url: url.or(z.literal('')).optional(),
  desc: seen(20).optional(),
  desc_color: z.literal([0, 1, 2, 3]).optional(),
})

const mainTitle = z.object({ title: seen(36).optional(), desc: seen(44).optional() })

const jump = { type: z.literal([0, 1, 2]).optional(), url: url.optional() }

const needsUrl = ({ type, url }: { type?: number | undefined; url?: string | undefined }) =>
  type !== 1 || url !== undefined

const quoteArea = z
  .object({ ...jump, title: z.string().optional(), quote_text: z.string().optional() })
  .refine(needsUrl, '45034 url missing')

const cardAction = z
  .object({ ...jump, type: z.literal([1, 2], '40058 card_action.type') })
  .refine(needsUrl, '45034 url missing')

const jumpList = z
  .array(z.object({ ...jump, title: seen(18) }).refine(needsUrl, '45034 url missing'))
  .max(3, '40058 at most 3 jumps')

const horizontalContentList = z
  .array(
    z
      .object({
        keyname: seen(5),
        value: seen(30).optional(),
        type: z.literal([0, 1, 2, 3]).optional(),
        url: url.optional(),
        media_id: z.string().optional(),
        userid: z.string().optional(),
      })
      .refine(needsUrl, '45034 url missing')
      .refine(({ type, media_id }) => type !== 2 || media_id, '40007 media_id missing')
      .refine(({ type, userid }) => type !== 3 || userid, '40003 userid missing'),
  )
  .max(6, '40058 at most 6 lines')

const actionMenu = z.object({
  desc: z.string().optional(),
  action_list: z
    .array(z.object({ text: z.string().min(1), key: key(1024, 42017) }))
    .min(1)
    .max(3, '40058 at most 3 actions')
    .refine(...uniqueBy('key')),
})

const options = (limit: number) =>
  z
    .array(z.object({ id: key(128), text: seen(16) }))
    .min(1)
    .max(limit, `40058 at most ${limit} options`)
    .refine(...uniqueBy('id'))

const submitButton = z.object({ text: seen(10), key: key(1024, 42017) })

const button = z
  .object({
    text: z.string('42020 button text missing').min(1, '42020 button text missing').pipe(seen(10)),
    style: z.literal([1, 2, 3, 4]).default(1),
    type: z.literal([0, 1]).default(0),
    key: key(1024, 42017).optional(),
    url: url.optional(),
  })
  .refine(needsUrl, '45034 url missing')
  .refine((button) => button.type === 1 || button.key !== undefined, '42017 button key missing')

const notice = {
  source: source.optional(),
  action_menu: actionMenu.optional(),
  quote_area: quoteArea.optional(),
  horizontal_content_list: horizontalContentList.optional(),
  jump_list: jumpList.optional(),
  card_action: cardAction,
  task_id: taskId.optional(),
}

const textNotice = z
  .object({
    card_type: z.literal('text_notice'),
    ...notice,
    main_title: mainTitle.optional(),
    emphasis_content: z.object({ title: seen(14).optional(), desc: seen(22).optional() }).optional(),
    sub_title_text: seen(160).optional(),
  })
  .refine((card) => card.main_title?.title || card.sub_title_text, '40058 main_title.title or sub_title_text')
  .refine((card) => !card.action_menu || card.task_id, '42014 task_id missing')

const newsNotice = z
  .object({
    card_type: z.literal('news_notice'),
    ...notice,
    main_title: mainTitle,
    card_image: z.object({ url, aspect_ratio: z.number().min(1.3).max(2.25).optional() }).optional(),
    image_text_area: z
      .object({ ...jump, title: z.string().optional(), desc: z.string().optional(), image_url: url })
      .optional(),
    vertical_content_list: z
      .array(z.object({ title: seen(38), desc: seen(160).optional() }))
      .max(4, '40058 at most 4 paragraphs')
      .optional(),
  })
  .refine((card) => card.card_image || card.image_text_area, '40058 card_image or image_text_area')
  .refine((card) => !card.action_menu || card.task_id, '42014 task_id missing')

const buttonInteraction = z.object({
  card_type: z.literal('button_interaction'),
  source: source.optional(),
  action_menu: actionMenu.optional(),
  main_title: mainTitle,
  quote_area: quoteArea.optional(),
  sub_title_text: seen(160).optional(),
  horizontal_content_list: horizontalContentList.optional(),
  card_action: cardAction.optional(),
  task_id: taskId,
  button_selection: z
    .object({
      question_key: key(1024),
      title: seen(13).optional(),
      option_list: options(10),
      selected_id: z.string().optional(),
    })
    .optional(),
  button_list: z
    .array(button, '42017 button_list missing')
    .min(1, '42017 button_list empty')
    .max(6, '40058 at most 6 buttons')
    .refine((list) => {
      const keys = list.flatMap(({ key }) => key ?? [])
      return new Set(keys).size === keys.length
    }, '42018 button keys are not unique'),
})

const voteInteraction = z.object({
  card_type: z.literal('vote_interaction'),
  source: source.optional(),
  main_title: mainTitle,
  task_id: taskId,
  checkbox: z.object({
    question_key: key(1024),
    mode: z.literal([0, 1]).default(0),
    option_list: z
      .array(z.object({ id: key(128), text: seen(17), is_checked: z.boolean().optional() }))
      .min(1)
      .max(20, '40058 at most 20 options')
      .refine(...uniqueBy('id')),
  }),
  submit_button: submitButton,
})

const multipleInteraction = z.object({
  card_type: z.literal('multiple_interaction'),
  source: source.optional(),
  main_title: mainTitle,
  task_id: taskId,
  select_list: z
    .array(
      z.object({
        question_key: key(1024),
        title: seen(13).optional(),
        selected_id: z.string().optional(),
        option_list: options(10),
      }),
    )
    .min(1)
    .max(3, '40058 at most 3 selectors')
    .refine(...uniqueBy('question_key')),
  submit_button: submitButton,
})

const templateCard = z.discriminatedUnion(
  'card_type',
  [textNotice, newsNotice, buttonInteraction, voteInteraction, multipleInteraction],
  '40008 unknown card_type',
)

export type TemplateCard = z.output<typeof templateCard>

const mediaBody = z.object({ media_id: z.string('40007 media_id missing').min(1, '40007 media_id missing') })

const body = z.discriminatedUnion(
  'msgtype',
  [
    z.object({
      msgtype: z.literal('text'),
      text: z.object({
        content: z.string('44004 content missing').min(1, '44004 content empty').pipe(seenBytes(2048)),
      }),
    }),
    z.object({
      msgtype: z.literal('markdown'),
      markdown: z.object({
        content: z
          .string('44004 content missing')
          .min(1, '44004 content empty')
          .refine((text) => Buffer.byteLength(text) <= 2048, '45002 content longer than 2048 bytes'),
      }),
    }),
    z.object({ msgtype: z.literal('image'), image: mediaBody }),
    z.object({ msgtype: z.literal('voice'), voice: mediaBody }),
    z.object({ msgtype: z.literal('video'), video: mediaBody }),
    z.object({ msgtype: z.literal('file'), file: mediaBody }),
    z.object({
      msgtype: z.literal('textcard'),
      textcard: z.object({
        title: z.string('41016 title missing').min(1, '41016 title missing').pipe(seenBytes(128)),
        description: z.string('41016 description missing').min(1, '41016 description missing').pipe(seenBytes(512)),
        url,
        btntxt: seen(4).default('详情'),
      }),
    }),
    z.object({
      msgtype: z.literal('news'),
      news: z.object({
        articles: z
          .array(z.object({ title: seenBytes(128), description: seenBytes(512).optional(), url: url.optional() }))
          .min(1)
          .max(8, '45008 at most 8 articles'),
      }),
    }),
    z.object({ msgtype: z.literal('template_card'), template_card: templateCard }),
  ],
  '40008 unknown msgtype',
)

export type MessageBody = z.output<typeof body>

const agentid = z.number('40056 agentid is a number').int()

const envelope = z.object({
  touser: z.string().default(''),
  toparty: z.string().default(''),
  totag: z.string().default(''),
  agentid,
  safe: z.literal([0, 1, 2]).optional(),
  enable_duplicate_check: z.literal([0, 1]).default(0),
  duplicate_check_interval: z.number().min(1).max(14_400).default(1800),
})

const update = z
  .object({
    userids: z.array(z.string()).max(1000, '40032 more than 1000 userids').default([]),
    atall: z.literal([0, 1]).default(0),
    agentid,
    response_code: z.string('60140 response_code missing'),
    button: z
      .object({ replace_name: z.string('42020 replace_name missing').min(1, '42020 replace_name missing') })
      .optional(),
    template_card: z.looseObject({ task_id: z.string().optional(), replace_text: z.string().optional() }).optional(),
  })
  .refine(({ button, template_card }) => button || template_card, '40058 button or template_card')

/** A message/send body, with the texts as the member will see them. Throws a `WecomRefusal`. */
export const messageOf = (json: unknown) => ({ ...parse(envelope, json), body: parse(body, json) })

/** A message/update_template_card body. Throws a `WecomRefusal`. */
export const cardUpdateOf = (json: unknown) => parse(update, json)

/** A card that replaces the one with `taskId`; it keeps that id unless it brings its own. Throws a `WecomRefusal`. */
export const replacementCardOf = (card: object, taskId: string) => parse(templateCard, { task_id: taskId, ...card })

/** WeCom's answer when it does not do what was asked. */
export class WecomRefusal extends Error {
  override readonly name = 'WecomRefusal'
  constructor(
    readonly errcode: number,
    errmsg: string,
  ) {
    super(errmsg)
  }
}

/** The texts that are seen shorter than they were sent, as `path: text`. */
export function cutTexts(sent: unknown, shown: unknown, path = ''): string[] {
  if (typeof sent === 'string' && typeof shown === 'string') return sent === shown ? [] : [`${path}: ${sent}`]
  if (!isRecord(sent) || !isRecord(shown)) return []
  return Object.keys(shown).flatMap((name) => cutTexts(sent[name], shown[name], path ? `${path}.${name}` : name))
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function parse<T>(schema: z.ZodType<T>, json: unknown): T {
  const result = schema.safeParse(json)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const [, errcode, reason] = /^(\d{5}) (.*)$/.exec(issue?.message ?? '') ?? []
  const where = issue?.path.join('.') || 'body'
  throw new WecomRefusal(Number(errcode ?? 40058), `${where}: ${reason ?? issue?.message}`)
}

function cutToBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= limit) return text
  let end = limit
  while (((bytes[end] ?? 0) & 0b1100_0000) === 0b1000_0000) end -= 1
  return bytes.subarray(0, end).toString()
}
