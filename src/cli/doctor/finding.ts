/** What a check found. A problem keeps the house from doing its work; a warning will, sooner or later. */
export interface Finding {
  readonly check: string
  readonly verdict: 'ok' | 'warning' | 'problem'
  readonly finding: string
  /** What the operator can do about it. */
  readonly toDo?: string
}

/** The findings of one check, told by name. */
export const findingsOf = (check: string) => ({
  ok: (finding: string): Finding => ({ check, verdict: 'ok', finding }),
  warning: (finding: string, toDo: string): Finding => ({ check, verdict: 'warning', finding, toDo }),
  problem: (finding: string, toDo: string): Finding => ({ check, verdict: 'problem', finding, toDo }),
})

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
