import { createApp } from 'vue'
import { listen } from './api/live'
import App from './App.vue'
import { router } from './router'
import { i18n } from './words/i18n'
import './style.css'

createApp(App).use(i18n).use(router).mount('#page')
listen()
