import { expect, test } from 'vitest'
import { WecomApiError, type WecomReaction } from '../../src/wecom/errors.ts'

test.for<[number, WecomReaction]>([
  [40014, { kind: 'refetchToken' }],
  [42001, { kind: 'refetchToken' }],
  [-1, { kind: 'retryLater', afterSeconds: 2 }],
  [45009, { kind: 'retryLater', afterSeconds: 60 }],
  [45033, { kind: 'retryLater', afterSeconds: 60 }],
  [81013, { kind: 'recipientUnreachable' }],
  [60111, { kind: 'recipientUnreachable' }],
  [43004, { kind: 'recipientUnreachable' }],
  [95002, { kind: 'recipientUnreachable' }],
  [40007, { kind: 'uploadAgain' }],
  [60140, { kind: 'cardSettled' }],
  [40201, { kind: 'contentRefused' }],
  [40058, { kind: 'badRequest' }],
  [45002, { kind: 'badRequest' }],
  [41001, { kind: 'badRequest' }],
  [42014, { kind: 'badRequest' }],
  [40001, { kind: 'fixConfiguration', page: 'app' }],
  [48006, { kind: 'fixConfiguration', page: 'app' }],
  [301002, { kind: 'fixConfiguration', page: 'app' }],
  [40013, { kind: 'fixConfiguration', page: 'enterprise' }],
  [60020, { kind: 'fixConfiguration', page: 'appTrustedIp' }],
  [81012, { kind: 'fixConfiguration', page: 'appVisibility' }],
  [40057, { kind: 'fixConfiguration', page: 'appReceiveMessages' }],
  [50001, { kind: 'fixConfiguration', page: 'appTrustedDomain' }],
  [95017, { kind: 'fixConfiguration', page: 'customerService' }],
  [999_999, { kind: 'retryLater', afterSeconds: 60 }],
])('%i', ([errcode, reaction]) => {
  expect(new WecomApiError('message/send', errcode, 'x').reaction).toEqual(reaction)
})

test('says which call failed, and why', () => {
  const error = new WecomApiError('message/send', 60020, 'not allow to access from your ip')
  expect(error.message).toBe('message/send failed with 60020: not allow to access from your ip')
})
