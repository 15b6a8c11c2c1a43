/**
 * The user id of whoever may be a regulator: only people on the bureau's own app are, whatever an id on another
 * channel looks like.
 */
export function regulatorOf(contact: string): string | undefined {
  const [, channel, id] = /^([^:]+):(.+)$/.exec(contact) ?? []
  return channel === 'app' ? id : undefined
}
