import type { PlanContent } from '../../plan.ts'
import { zhEn } from '../zh-en.ts'
import { OUTBREAK_TASKS } from './outbreak.ts'
import { PEAK_TASKS } from './peak-and-easing.ts'
import { WARNING_TASKS } from './warning.ts'

/**
 * Product safety and recall, modeled on case 2 (C2-01…C2-14). The phases are those of the case: warning 0–12 h (C2-02),
 * outbreak 12–48 h (C2-03), peak 48–72 h (C2-04), easing after press conference and recall (C2-05) until it is under control
 * within three weeks (C2-14, 504 h). Times without an ID beside them are our own.
 */
export const productSafety = {
  title: zhEn('产品安全与召回预案', 'Product safety and recall'),
  purpose: zhEn(
    '产品出现可能伤人的安全问题并被公开时，安全第一：先止住伤害，再查清原因，用召回和持续公开的进展把信任找回来。',
    'When a product may hurt people and this is public, safety comes first: stop the harm, find the cause, and win trust back with a recall and open reports of its progress.',
  ),
  types: ['product-problem'],
  phases: [
    { key: 'warning', title: zhEn('预警期', 'Warning'), fromHour: 0, toHour: 12 },
    { key: 'outbreak', title: zhEn('爆发期', 'Outbreak'), fromHour: 12, toHour: 48 },
    { key: 'peak', title: zhEn('高峰期', 'Peak'), fromHour: 48, toHour: 72 },
    { key: 'easing', title: zhEn('缓解期', 'Easing'), fromHour: 72, toHour: 504 },
    { key: 'close', title: zhEn('收尾与复盘', 'Close and look back'), fromHour: 504, toHour: null },
  ],
  tasks: [...WARNING_TASKS, ...OUTBREAK_TASKS, ...PEAK_TASKS],
  source: '001-TY-02, C2-01…C2-14, C1-03, CS-01…CS-05, MO-07, AN-01…AN-04, OR-01…OR-13, 004-14, CB-02…CB-06, CL-01…CL-06',
} satisfies PlanContent
