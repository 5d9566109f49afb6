/** A party's standing, in Indonesian. */
import type { StandingWords } from '../standing-words.ts';

export const id: StandingWords = {
  titles: {
    warned: 'Peringatan: pesan yang melanggar aturan',
    'starting-blocked': 'Untuk sementara Anda tidak dapat memulai percakapan',
    'all-blocked': 'Pesan Anda diblokir',
    lifted: 'Sebuah pembatasan telah dicabut',
  },
  decided: {
    warned:
      'Ini adalah peringatan. Tidak ada yang diblokir. Jika ada lagi pesan yang melanggar aturan, untuk beberapa waktu Anda mungkin tidak dapat memulai percakapan.',
    'starting-blocked':
      'Untuk sementara Anda tidak dapat memulai percakapan dengan pembeli. Jawaban kepada pembeli yang menulis kepada Anda tetap dikirimkan.',
    'all-blocked': 'Untuk sementara tidak ada pesan Anda yang dikirimkan, termasuk jawaban.',
    lifted: 'Sebuah tindakan terhadap pesan Anda berakhir lebih awal. Pesan Anda dikirimkan lagi seperti sebelumnya.',
  },
  period: 'Ini berlaku dari {from} sampai {until}.',
  open: 'Ini berlaku sejak {from} sampai pemberitahuan selanjutnya.',
  facts: 'Alasannya adalah pesan-pesan Anda berikut ini:',
  ground: 'Dasar: aturan marketplace untuk pesan, yaitu: {rules}.',
  by: {
    automatic: 'Keputusan ini dibuat secara otomatis: sebuah program menemukan dan menghitung pelanggaran.',
    operator: 'Keputusan ini dibuat oleh petugas marketplace.',
  },
  elsewhere: 'Anda dapat mengajukan keberatan atas keputusan ini kepada marketplace; seorang petugas akan memeriksanya.',
  redress: 'Penyelesaian di luar pengadilan dan jalur hukum tetap terbuka bagi Anda.',
  found: 'pelanggaran aturan, ditetapkan oleh petugas',
  blocked: {
    'starting-blocked': {
      name: 'memulai percakapan diblokir',
      what: 'Untuk sementara Anda tidak dapat memulai percakapan dengan pembeli ({ends}).',
      mend: 'Anda tetap dapat menjawab pembeli yang menulis kepada Anda. Tunggu sampai blokir berakhir, atau ajukan keberatan.',
    },
    'all-blocked': {
      name: 'pesan diblokir',
      what: 'Untuk sementara tidak ada pesan Anda yang dikirimkan ({ends}).',
      mend: 'Tunggu sampai blokir berakhir, atau ajukan keberatan.',
    },
  },
  ends: { until: 'sampai {until}', open: 'sampai pemberitahuan selanjutnya' },
  tag: {
    'used-up':
      'Tanda {tag} Anda saat ini tidak dihitung: tanda itu berlaku {n} kali dalam 30 hari, dan sudah habis dipakai. Berlaku lagi mulai {until}.',
    reported: 'Tanda {tag} Anda saat ini tidak dihitung: pembeli melaporkan pesan dengan tanda itu. Berlaku lagi mulai {until}.',
  },
};
