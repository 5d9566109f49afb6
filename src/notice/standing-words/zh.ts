/** A party's standing, in Chinese. */
import type { StandingWords } from '../standing-words.ts';

export const zh: StandingWords = {
  titles: {
    warned: '警告：邮件违反规则',
    'starting-blocked': '您暂时不能主动发起对话',
    'all-blocked': '您的邮件已被停止投递',
    lifted: '一项限制已解除',
  },
  decided: {
    warned: '这是一次警告，目前没有任何限制。如果再有邮件违反规则，您可能在一段时间内不能主动发起对话。',
    'starting-blocked': '您暂时不能主动与买家发起对话。对来信买家的回复仍会照常投递。',
    'all-blocked': '您的所有邮件暂时都不会投递，包括回复。',
    lifted: '针对您邮件的一项措施已提前结束。您的邮件恢复照常投递。',
  },
  period: '有效期从 {from} 到 {until}。',
  open: '自 {from} 起生效，直至另行通知。',
  facts: '原因是您的以下邮件：',
  ground: '依据：平台的邮件规则，具体为：{rules}。',
  by: {
    automatic: '此决定是自动作出的：违规由程序发现并计数。',
    operator: '此决定由平台工作人员作出。',
  },
  elsewhere: '您可以向平台对此决定提出异议，会有工作人员亲自查看。',
  redress: '您也可以寻求庭外争议解决或诉诸法院。',
  found: '经工作人员认定的违规',
  blocked: {
    'starting-blocked': {
      name: '已停止主动发起对话',
      what: '您暂时不能主动与买家发起对话（{ends}）。',
      mend: '您仍可以回复给您来信的买家。请等待限制结束，或提出异议。',
    },
    'all-blocked': {
      name: '已停止投递邮件',
      what: '您的所有邮件暂时都不会投递（{ends}）。',
      mend: '请等待限制结束，或提出异议。',
    },
  },
  ends: { until: '至 {until}', open: '直至另行通知' },
  tag: {
    'used-up': '您的标记 {tag} 目前无效：它在 30 天内可用 {n} 次，现已用完。自 {until} 起恢复有效。',
    reported: '您的标记 {tag} 目前无效：有买家举报了带此标记的邮件。自 {until} 起恢复有效。',
  },
};
