/**
 * Names as people write them; `name|ascii` where the plain spelling cannot be derived. The plain spellings are
 * unique within each list: e-mail addresses are built from them.
 */
const FIRST = `
Aaliyah Adam Adriana Agnieszka|agnieszka Ahmed Aiko Ailbhe Aïcha Alejandro Aleksander Alice Amara Amélie Amir Ana
Anders Andrea Anneliese Antoine Anya Aoife Arjun Astrid Aurélie Ayşe|ayse Bartosz Beatriz Benjamin Björn Bogdan
Brigitte Camila Carlos Chiamaka Chiara Chloé Christos Ciarán Clara Cormac Daniela Daria David Deepa Derya Diego
Dimitra Дмитрий|dmitri Dorota Eduardo Elif Elena Elias Eszter Emily Emre Enrique Erik Esra Eva Fatima Felix Fiona
François Frida Gabriel Gergő|gergo Giulia Grace Greta Guillaume Gustavo Håkon Hanna Haruka Hassan Heidi Hélène
Henrik Hiroshi Ibrahim Inês Ingrid Irina Isabel Iva Jack Jakub James Jana Javier Jens Jing João Johanna Jonas José
Julia Jürgen Kaito Karim Karolina Katharina Kenji Kwame Lars Laura Leandro Leila Lena Léon Li Lin Livia Lucía Luca
Łukasz|lukasz Maëlle Magdalena Maja Malik Marek Margaux María Marta Martina Mateo Mathilde Mehmet Mei Mia Michał|michal
Mikkel Milan Miriam Mohammed Nadia Naoko Nia Nikola Nina Niamh Noah Nora Obinna Olga Oliver Olivia Ömer Oscar Paolo
Patrick Pedro Petra Philipp Priya Quentin Rafael Rasmus Renée Ricardo Rosa Ruth Sakura Samuel Sanne Sara Sébastien
Selin Siobhán Sofia Søren|soren Stefan Sven Svetlana Tadeusz Tamara Theo Thomas Tomáš Ulrike Valentina Vera Vikram
Wanda Wei Willem Xavier Yara Yasmin Yuki Yusuf Zainab Zoë Žofia Zsófia|zsofi
`;

const LAST = `
Abebe Adeyemi Aguilar Ahlström Albrecht Almeida Andersson Andrade Antunes Arslan Asante Bachmann Bailey Bakker
Baranowski Barros Baumgartner Becker Bélanger Bennett Berg Bianchi Blanchard Bondarenko Boucher Brennan Brown
Byrne Cabrera Çelik Campbell Cardoso Carvalho Castillo Chen Chevalier Choi Clarke Cohen Conti Costa Cruz Dąbrowski
Dahl Das Delgado Demir Diallo Díaz Dubois Duarte Eriksen Espinoza Evans Farkas Fernandes Fiala Fischer Fitzgerald
Fontaine Fournier Fraser Fuentes Gallagher García Gauthier Georgiou Ghosh Girard Gómez González Grabowski Greco
Green Gruber Guerrero Gupta Gutiérrez Haas Hájek Hansen Harris Hashimoto Haugen Hernández Hoffmann Holm Horvat
Hughes Ibarra Ivanova Jankowska Jansson Jensen Jiménez Johansson Jovanović Kaczmarek Kapoor Karlsson Kaya Keita
Keller Kelly Khan Kim Kobayashi Koch Kovač Kowalski Kozlov Kumar Lambert Larsen Laurent Lebedev Leclerc Lefebvre
Lehmann Leroy Lewis Lindqvist Lombardi López Lund Lundgren Madsen Mahmoud Maier Mancini Marchetti Marino Marković
Martins Mazur McCarthy Meier Mendes Mensah Molina Moreau Morris Moser Müller Murphy Nakamura Navarro Németh Neumann
Nguyen Nielsen Novák Nowak Nyström Oakley Ochieng Okafor Okonkwo Olsen Ortega Öztürk Palmer Papadopoulos Park Patel
Pavlov Pereira Petrov Pham Pinto Popescu Prokop Quinn Rahman Ramos Rasmussen Reddy Reyes Ricci Richter Rinaldi Rivera
Robinson Rodrigues Romero Rossi Rousseau Roy Ruiz Russo Ryan Sánchez Santos Sato Schäfer Schmid Schneider Schröder
Schwarz Sharma Šimek Silva Singh Sokolov Sørensen|sorensen Soto Souza Stewart Strand Suzuki Svoboda Szabó Takahashi
Tanaka Taylor Teixeira Thapa Torres Tóth Turner Vargas Vasquez Vidal Virtanen Vogel Wagner Walker Wallin Walsh
Wang Weber Weiß|weiss White Wieczorek Wiśniewski Wójcik Wolf Wright Yamamoto Yıldız|yildiz Yılmaz|yilmaz Young
Zhang Zielińska Zimmermann
`;

export interface Name {
  readonly written: string;
  readonly plain: string;
}

export const FIRST_NAMES: readonly Name[] = parse(FIRST);
export const LAST_NAMES: readonly Name[] = parse(LAST);

function parse(list: string): readonly Name[] {
  return list
    .trim()
    .split(/\s+/)
    .map((entry) => {
      const [written, plain] = entry.split('|');
      return { written: written!, plain: plain ?? plainSpelling(written!) };
    });
}

function plainSpelling(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
