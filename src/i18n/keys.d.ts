import 'i18next'
import type bot from '../../locales/zh-CN/bot.json'
import type console from '../../locales/zh-CN/console.json'
import type desk from '../../locales/zh-CN/desk.json'
import type hazards from '../../locales/zh-CN/hazards.json'
import type notices from '../../locales/zh-CN/notices.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'bot'
    resources: {
      bot: typeof bot
      notices: typeof notices
      hazards: typeof hazards
      desk: typeof desk
      console: typeof console
    }
  }
}
