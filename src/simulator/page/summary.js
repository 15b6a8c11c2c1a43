/** One line that stands for a message in the list of people. */
export function summaryOf(content) {
  switch (content.type) {
    case 'text':
    case 'markdown':
      return content.text.split('\n')[0]
    case 'image':
      return '[照片]'
    case 'file':
      return `[文件] ${content.filename}`
    case 'voice':
      return '[语音]'
    case 'video':
      return '[视频]'
    case 'location':
      return '[位置]'
    case 'sticker':
      return '[表情]'
    case 'link':
    case 'textcard':
      return content.title
    case 'news':
      return content.articles[0].title
    case 'card': {
      const { main_title, sub_title_text } = content.card
      return main_title?.title || main_title?.desc || sub_title_text || '[卡片]'
    }
    default:
      return ''
  }
}
