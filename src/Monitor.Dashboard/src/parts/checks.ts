import type { ProposalAnswer, ReplayAnswer } from '../api/types'

/** One thing that must hold before somebody approves. `open`: not yet done, or being found out. */
export interface Check {
  key: string
  state: 'ok' | 'open' | 'bad'
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
  const isViewer = refusal === 'viewer'
  const checks: Check[] = [
    {
      key: 'eyes',
      state: refusal === null ? 'ok' : isViewer ? 'open' : 'bad',
      words: refusal === null ? 'check.eyes' : isViewer ? 'check.eyesViewer' : `refusal.${refusal}`,
    },
    {
      key: 'evidence',
      state: answer.isWhole ? 'ok' : 'bad',
      words: answer.isWhole ? 'check.evidence' : 'differs',
    },
  ]
  if (answer.isComputed) {
    const state = replayFailed || replay?.isSame === false ? 'bad' : replay ? 'ok' : 'open'
    const words = { ok: 'check.replay', open: 'check.replaying', bad: 'check.replayDiffers' }[state]
    checks.push({ key: 'replay', state, words })
  }
  if (answer.document !== null) checks.push(reading(answer.documentSha256, seen))
  return checks
}

function reading(now: string | null, seen: string | null): Check {
  if (now === null) return { key: 'read', state: 'bad', words: 'check.missing' }
  if (seen === null) return { key: 'read', state: 'open', words: 'check.unread' }
  const isRead = seen === now
  return { key: 'read', state: isRead ? 'ok' : 'bad', words: isRead ? 'check.read' : 'check.changed' }
}

/** A figure as typed, without what people put between digits; null where it is no plain figure. */
export function plain(typed: string): string | null {
  const text = typed.replace(/[\s,，]/g, '')
  if (!/^\d{1,16}(\.\d{1,4})?$/.test(text)) return null
  const whole = text.split('.')[0]!.replace(/^0+(?=\d)/, '')
  const fraction = (text.split('.')[1] ?? '').replace(/0+$/, '')
  return fraction ? `${whole}.${fraction}` : whole
}
