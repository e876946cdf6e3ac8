import type { ProposalAnswer, ReplayAnswer } from '../api/types'

/** One thing that must hold before somebody approves; null while it is being found out. */
export interface Check {
  key: string
  holds: boolean | null
  words: string
}

/** What must hold before a proposal is approved. `words` are keys of the words, below `proposal`. */
export function checksOf(
  answer: ProposalAnswer,
  seen: string | null,
  replay: ReplayAnswer | null,
  replayFailed: boolean,
): Check[] {
  const { refusal } = answer.proposal
  const checks: Check[] = [
    {
      key: 'eyes',
      holds: refusal === null,
      words: refusal === null ? 'check.eyes' : refusal === 'viewer' ? 'check.eyesViewer' : `refusal.${refusal}`,
    },
    { key: 'evidence', holds: answer.isWhole, words: answer.isWhole ? 'check.evidence' : 'differs' },
  ]
  if (answer.isComputed) {
    const same = replayFailed ? false : (replay?.isSame ?? null)
    checks.push({ key: 'replay', holds: same, words: same === null ? 'check.replaying' : 'check.replay' })
  }
  if (answer.document !== null) {
    const isRead = answer.documentSha256 !== null && seen === answer.documentSha256
    const words = answer.documentSha256 === null ? 'missing' : isRead ? 'read' : seen === null ? 'unread' : 'changed'
    checks.push({ key: 'read', holds: isRead, words: `check.${words}` })
  }
  return checks
}

/** A figure as typed, without what people put between digits; null where it is no plain figure. */
export function plain(typed: string): string | null {
  const text = typed.replace(/[\s,，]/g, '')
  if (!/^\d{1,16}(\.\d{1,4})?$/.test(text)) return null
  const whole = text.split('.')[0]!.replace(/^0+(?=\d)/, '')
  const fraction = (text.split('.')[1] ?? '').replace(/0+$/, '')
  return fraction ? `${whole}.${fraction}` : whole
}
