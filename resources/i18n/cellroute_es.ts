<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es">
<context>
    <name>About</name>
    <message>
        <source>About the evidence</source>
        <translation>Sobre las pruebas</translation>
    </message>
    <message>
        <source>Evidence pack {version} of {date}</source>
        <translation>Paquete de pruebas {version} del {date}</translation>
    </message>
    <message>
        <source>Do not use it after {date}.</source>
        <translation>No lo use después del {date}.</translation>
    </message>
    <message>
        <source>{studies} studies, {measurements} measurements, {conditions} conditions, {procedures} procedures.</source>
        <translation>{studies} estudios, {measurements} mediciones, {conditions} enfermedades, {procedures} procedimientos.</translation>
    </message>
    <message>
        <source>CellRoute estimates how many injected cells are in the target. That is not how much a treatment helps. It supports a decision and makes none. It works without a network and stores nothing about a patient.</source>
        <translation>CellRoute estima cuántas células inyectadas están en el objetivo. Eso no es cuánto ayuda un tratamiento. Apoya una decisión y no toma ninguna. Funciona sin red y no guarda nada sobre un paciente.</translation>
    </message>
    <message>
        <source>Filled marks: cells were counted. Hollow and hatched marks: a model, or a measured needle with assumed staying.</source>
        <translation>Marcas llenas: se contaron células. Marcas huecas y rayadas: un modelo, o una aguja medida con permanencia supuesta.</translation>
    </message>
    <message>
        <source>This program was made for development, with a key that no release trusts. It is not for use with patients.</source>
        <translation>Este programa se hizo para el desarrollo, con una clave en la que no confía ninguna versión publicada. No es para usar con pacientes.</translation>
    </message>
    <message>
        <source>Digest of the pack: {digest}</source>
        <translation>Huella del paquete: {digest}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>How good are these estimates?</source>
        <translation>¿Qué tan buenas son estas estimaciones?</translation>
    </message>
    <message>
        <source>The CellRoute authors</source>
        <translation>los autores de CellRoute</translation>
    </message>
    <message>
        <source>Paid for by nobody: no maker, no clinic.</source>
        <translation>No lo paga nadie: ni fabricantes ni clínicas.</translation>
    </message>
    <message>
        <source>Made by: {who}. {funding}</source>
        <translation>Hecho por: {who}. {funding}</translation>
    </message>
    <message>
        <source>Each study is left out in turn, and its figure is predicted from all the others. What is counted is how often the range holds what the study found.</source>
        <translation>Se deja fuera un estudio tras otro y se predice su cifra a partir de todos los demás. Se cuenta cuántas veces el intervalo contiene lo que halló el estudio.</translation>
    </message>
    <message>
        <source>Work it out</source>
        <translation>Calcularlo</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Leaving out one study after the other…</source>
        <translation>Dejando fuera un estudio tras otro…</translation>
    </message>
    <message>
        <source>{n} figures were predicted. {wide} of 100 lie within their 90 % range, {narrow} of 100 within their 50 % range. Half of them differ from what was predicted by a factor of {fold} or less.</source>
        <translation>Se predijeron {n} cifras. {wide} de cada 100 están dentro de su intervalo del 90 % y {narrow} de cada 100 dentro de su intervalo del 50 %. La mitad difiere de lo predicho en un factor de {fold} o menos.</translation>
    </message>
    <message>
        <source>The aim: {low} to {high} of 100 within the 90 % range, a median error of {error} powers of ten or less.</source>
        <translation>La meta: de {low} a {high} de cada 100 dentro del intervalo del 90 % y un error mediano de {error} potencias de diez o menos.</translation>
    </message>
    <message>
        <source>what arrives</source>
        <translation>lo que llega</translation>
    </message>
    <message>
        <source>what stays</source>
        <translation>lo que queda</translation>
    </message>
    <message>
        <source>with other studies of the same way</source>
        <translation>con otros estudios de la misma vía</translation>
    </message>
    <message>
        <source>by the model alone</source>
        <translation>solo con el modelo</translation>
    </message>
    <message>
        <source>all</source>
        <translation>todas</translation>
    </message>
    <message>
        <source>figures</source>
        <translation>cifras</translation>
    </message>
    <message>
        <source>in 90 % range</source>
        <translation>en el del 90 %</translation>
    </message>
    <message>
        <source>in 50 % range</source>
        <translation>en el del 50 %</translation>
    </message>
    <message>
        <source>median error, powers of ten</source>
        <translation>error mediano, potencias de diez</translation>
    </message>
</context>
<context>
    <name>Cells</name>
    <message>
        <source>Cells and dose</source>
        <translation>Células y dosis</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Células</translation>
    </message>
    <message>
        <source>Dose: cells in all</source>
        <translation>Dosis: células en total</translation>
    </message>
    <message>
        <source>Cells in all. Write 10 million, 2.5e6 or 250 000.</source>
        <translation>Células en total. Escriba 10 millones, 2,5e6 o 250 000.</translation>
    </message>
    <message>
        <source>Dose on a logarithmic scale</source>
        <translation>Dosis en escala logarítmica</translation>
    </message>
    <message>
        <source>{cells} cells in all, {each} at each of {sites} sites</source>
        <translation>{cells} células en total, {each} en cada uno de {sites} sitios</translation>
    </message>
    <message>
        <source>{dose} still counts; Escape brings it back.</source>
        <translation>Sigue contando {dose}; Escape lo recupera.</translation>
    </message>
</context>
<context>
    <name>ChoosePanel</name>
    <message>
        <source>Condition</source>
        <extracomment>Tissues that are often treated at more than one place.</extracomment>
        <translation>Enfermedad</translation>
    </message>
    <message>
        <source>Nothing found. Try another word or an ICD-10 code.</source>
        <translation>Nada encontrado. Pruebe otra palabra o un código CIE-10.</translation>
    </message>
    <message>
        <source>Name, plain word, ICD-10</source>
        <translation>Nombre, palabra, CIE-10</translation>
    </message>
    <message>
        <source>Target structure</source>
        <translation>Estructura objetivo</translation>
    </message>
    <message>
        <source>Body map</source>
        <translation>Mapa del cuerpo</translation>
    </message>
    <message>
        <source>Number of sites; both sides are 2</source>
        <translation>Número de sitios; ambos lados son 2</translation>
    </message>
    <message>
        <source>Route asked about</source>
        <translation>Vía por la que preguntan</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Otra</translation>
    </message>
    <message>
        <source> site</source>
        <translation> sitio</translation>
    </message>
    <message>
        <source> sites</source>
        <translation> sitios</translation>
    </message>
</context>
<context>
    <name>Clinic</name>
    <message>
        <source>This clinic has</source>
        <translation>Esta clínica tiene</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>New consult</source>
        <translation>Nueva consulta</translation>
    </message>
    <message>
        <source>Open a consult…</source>
        <translation>Abrir una consulta…</translation>
    </message>
    <message>
        <source>Save this consult…</source>
        <translation>Guardar esta consulta…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Handout: preview</source>
        <translation>Hoja: vista previa</translation>
    </message>
    <message>
        <source>Print the handout</source>
        <translation>Imprimir la hoja</translation>
    </message>
    <message>
        <source>Save the handout as PDF…</source>
        <translation>Guardar la hoja como PDF…</translation>
    </message>
    <message>
        <source>Copy for chart</source>
        <translation>Copiar para la historia</translation>
    </message>
    <message>
        <source>Patient view</source>
        <translation>Vista del paciente</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>Buscar todo</translation>
    </message>
    <message>
        <source>Go to the condition</source>
        <translation>Ir a la enfermedad</translation>
    </message>
    <message>
        <source>Go to the ranking</source>
        <translation>Ir a la clasificación</translation>
    </message>
    <message>
        <source>Show the journey</source>
        <translation>Mostrar el recorrido</translation>
    </message>
    <message>
        <source>Show it over time</source>
        <translation>Mostrarlo en el tiempo</translation>
    </message>
    <message>
        <source>Show the evidence</source>
        <translation>Mostrar las pruebas</translation>
    </message>
    <message>
        <source>Show what decides</source>
        <translation>Mostrar qué decide</translation>
    </message>
    <message>
        <source>Compare two</source>
        <translation>Comparar dos</translation>
    </message>
    <message>
        <source>Larger or smaller tabs</source>
        <translation>Pestañas más grandes o más pequeñas</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Texto más grande</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Texto más pequeño</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Claro u oscuro</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Preferencias…</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Atajos</translation>
    </message>
    <message>
        <source>About the evidence</source>
        <translation>Sobre las pruebas</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Bring in evidence…</source>
        <translation>Incorporar pruebas…</translation>
    </message>
    <message>
        <source>Copy or save the picture…</source>
        <translation>Copiar o guardar la imagen…</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>The one</source>
        <translation>Una</translation>
    </message>
    <message>
        <source>The other</source>
        <translation>La otra</translation>
    </message>
    <message>
        <source>Where it stands</source>
        <translation>Dónde está</translation>
    </message>
    <message>
        <source>How that is known</source>
        <translation>Cómo se sabe</translation>
    </message>
    <message>
        <source>Alive later</source>
        <translation>Vivas después</translation>
    </message>
    <message>
        <source>Cells of this dose</source>
        <translation>Células de esta dosis</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>Necesita</translation>
    </message>
    <message>
        <source>Cautions</source>
        <translation>Precauciones</translation>
    </message>
    <message>
        <source>Harm</source>
        <translation>Daño</translation>
    </message>
    <message>
        <source>For it</source>
        <translation>A favor</translation>
    </message>
    <message>
        <source>Against it</source>
        <translation>En contra</translation>
    </message>
    <message>
        <source>rank {rank}, {firmness}; {status}</source>
        <translation>puesto {rank}, {firmness}; {status}</translation>
    </message>
    <message>
        <source>Two ways side by side</source>
        <translation>Dos formas, una junto a otra</translation>
    </message>
    <message>
        <source>point</source>
        <translation>punto</translation>
    </message>
    <message>
        <source>90 % range</source>
        <translation>Intervalo del 90 %</translation>
    </message>
    <message>
        <source>{figure} after {days} days</source>
        <translation>{figure} a los {days} días</translation>
    </message>
</context>
<context>
    <name>Deeds</name>
    <message>
        <source>Open a consult</source>
        <extracomment>The folder of evidence and keys; null where nothing may be kept.</extracomment>
        <translation>Abrir una consulta</translation>
    </message>
    <message>
        <source>Consults (*.cellroute)</source>
        <translation>Consultas (*.cellroute)</translation>
    </message>
    <message>
        <source>Save this consult</source>
        <translation>Guardar esta consulta</translation>
    </message>
    <message>
        <source>Saved as {name}. It holds nothing that identifies a patient.</source>
        <translation>Guardado como {name}. No contiene nada que identifique a un paciente.</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Guardar la imagen</translation>
    </message>
    <message>
        <source>Citation copied.</source>
        <translation>Cita copiada.</translation>
    </message>
    <message>
        <source>That route does not lead to the target that is chosen.</source>
        <translation>Esa vía no lleva al objetivo elegido.</translation>
    </message>
    <message>
        <source>Citation copied: {text}</source>
        <translation>Cita copiada: {text}</translation>
    </message>
</context>
<context>
    <name>DetailPanel</name>
    <message>
        <source>This clinic&apos;s own ({clinic})</source>
        <translation>De esta clínica ({clinic})</translation>
    </message>
    <message>
        <source>Why, and what speaks against it</source>
        <translation>Por qué, y qué habla en contra</translation>
    </message>
    <message>
        <source>Why here</source>
        <translation>Por qué aquí</translation>
    </message>
    <message>
        <source>Against it</source>
        <translation>En contra</translation>
    </message>
    <message>
        <source>Asked about</source>
        <translation>Sobre la vía preguntada</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>Necesita</translation>
    </message>
    <message>
        <source>This patient</source>
        <translation>Este paciente</translation>
    </message>
    <message>
        <source>Harm</source>
        <translation>Daño</translation>
    </message>
    <message>
        <source>Studies behind the number</source>
        <translation>Estudios tras la cifra</translation>
    </message>
    <message>
        <source>What holds it there</source>
        <translation>Qué lo mantiene ahí</translation>
    </message>
    <message>
        <source>Of this dose about {cells} cells arrive.</source>
        <translation>Células de esta dosis que llegan: alrededor de {cells}.</translation>
    </message>
    <message>
        <source>Some of these are usual practice whose source is not read yet</source>
        <translation>Algunos son práctica usual cuya fuente aún no se ha leído</translation>
    </message>
    <message>
        <source>This dose is above any that was found given this way</source>
        <translation>Esta dosis supera toda la que se halló dada por esta vía</translation>
    </message>
    <message>
        <source>{thing} (usual, not required)</source>
        <translation>{thing} (usual, no exigido)</translation>
    </message>
    <message>
        <source>{thing}: not there</source>
        <translation>{thing}: no está</translation>
    </message>
    <message>
        <source>Not asked: {factors}</source>
        <translation>Sin preguntar: {factors}</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Autorización</translation>
    </message>
    <message>
        <source>Approval ({place})</source>
        <translation>Autorización ({place})</translation>
    </message>
    <message>
        <source>counts</source>
        <translation>cuenta</translation>
    </message>
    <message>
        <source>carried back in time</source>
        <translation>llevado atrás en el tiempo</translation>
    </message>
    <message>
        <source>a bound</source>
        <translation>un límite</translation>
    </message>
    <message>
        <source>needle placement</source>
        <translation>colocación de la aguja</translation>
    </message>
    <message>
        <source>a constant of the model</source>
        <translation>una constante del modelo</translation>
    </message>
    <message>
        <source>shown, not used</source>
        <translation>mostrado, no usado</translation>
    </message>
    <message>
        <source>read: {how}</source>
        <translation>leído: {how}</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n más</numerusform>
            <numerusform>%n más</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy the citation of {study}</source>
        <translation>Copiar la cita de {study}</translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>Algo ha fallado</translation>
    </message>
    <message>
        <source>CellRoute made a mistake. Your consult is kept, and nothing was lost.</source>
        <translation>CellRoute ha cometido un error. Su consulta está guardada y no se ha perdido nada.</translation>
    </message>
    <message>
        <source>You can go on. If it happens again, save this report and send it to whoever looks after the program.</source>
        <translation>Puede continuar. Si vuelve a ocurrir, guarde este informe y envíelo a quien se ocupe del programa.</translation>
    </message>
    <message>
        <source>The report holds where in the program it happened, and nothing that you typed.</source>
        <translation>El informe dice en qué parte del programa ocurrió, y nada de lo que usted escribió.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Informe</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Guardar el informe…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Guardar el informe</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Texto (*.txt)</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>Guardado como {name}.</translation>
    </message>
</context>
<context>
    <name>EvidenceDialog</name>
    <message>
        <source>Bring in evidence</source>
        <translation>Incorporar pruebas</translation>
    </message>
    <message>
        <source>Looking at what this computer holds…</source>
        <translation>Mirando lo que hay en este equipo…</translation>
    </message>
    <message>
        <source>Evidence on this computer</source>
        <translation>Pruebas en este equipo</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>En vigor</translation>
    </message>
    <message>
        <source>This window still uses {version}; other evidence was put in force since it was opened.</source>
        <translation>Esta ventana aún usa {version}; desde que se abrió se pusieron en vigor otras pruebas.</translation>
    </message>
    <message>
        <source>Use it in this window</source>
        <translation>Usarlas en esta ventana</translation>
    </message>
    <message>
        <source>Before it</source>
        <translation>Las anteriores</translation>
    </message>
    <message>
        <source>What would going back change?</source>
        <translation>¿Qué cambiaría al volver atrás?</translation>
    </message>
    <message>
        <source>Whose signature counts here</source>
        <translation>De quién vale aquí la firma</translation>
    </message>
    <message>
        <source>Evidence comes as one signed file, NAME.pack. Choose it or drop it here; first you see what changes.</source>
        <translation>Las pruebas llegan en un solo archivo firmado, NOMBRE.pack. Elíjalo o suéltelo aquí; primero verá qué cambia.</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Elegir un archivo…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>This evidence is not brought in</source>
        <translation>Estas pruebas no se incorporan</translation>
    </message>
    <message>
        <source>Nothing is half done: what is in force now is whole. Look at what this computer holds.</source>
        <translation>Nada quedó a medias: lo que está en vigor está completo. Mire lo que hay en este equipo.</translation>
    </message>
    <message>
        <source>Nothing was changed. The evidence that was in force stays in force.</source>
        <translation>No se cambió nada. Las pruebas que estaban en vigor siguen en vigor.</translation>
    </message>
    <message>
        <source>Choose another file…</source>
        <translation>Elegir otro archivo…</translation>
    </message>
    <message>
        <source>Look at the older one all the same</source>
        <translation>Mirar las más antiguas de todos modos</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>What would change</source>
        <translation>Qué cambiaría</translation>
    </message>
    <message>
        <source>A clinic that signs its own evidence puts its key file, NAME.toml, into the folder “keys”.</source>
        <translation>Una clínica que firma sus propias pruebas pone el archivo de su clave, NOMBRE.toml, en la carpeta «keys».</translation>
    </message>
    <message>
        <source>Copy where that folder is</source>
        <translation>Copiar dónde está esa carpeta</translation>
    </message>
    <message>
        <source>This evidence is older than what is in force. You asked for it on purpose.</source>
        <translation>Estas pruebas son más antiguas que las que están en vigor. Usted las pidió a propósito.</translation>
    </message>
    <message>
        <source>The clinic&apos;s own figures do not fit and would be left out: {why}</source>
        <translation>Las cifras propias de la clínica no encajan y quedarían fuera: {why}</translation>
    </message>
    <message>
        <source>It was to be renewed by {date}, which is past.</source>
        <translation>Debían renovarse antes del {date}, que ya pasó.</translation>
    </message>
    <message>
        <source>This file</source>
        <translation>Este archivo</translation>
    </message>
    <message>
        <source>Go back to it</source>
        <translation>Volver a ellas</translation>
    </message>
    <message>
        <source>Use this evidence</source>
        <translation>Usar estas pruebas</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>Dejar como está</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>In force now: {what}</source>
        <translation>Ahora en vigor: {what}</translation>
    </message>
    <message>
        <source>This window uses it from now on. The consult that was open is still there. One step leads back.</source>
        <translation>Esta ventana las usa desde ahora. La consulta que estaba abierta sigue ahí. Un paso lleva de vuelta.</translation>
    </message>
    <message>
        <source>Choose evidence</source>
        <translation>Elegir pruebas</translation>
    </message>
    <message>
        <source>Signed evidence (*.pack);;All files (*)</source>
        <translation>Pruebas firmadas (*.pack);;Todos los archivos (*)</translation>
    </message>
    <message>
        <source>Checking {name}…</source>
        <translation>Comprobando {name}…</translation>
    </message>
    <message>
        <source>Looking at the evidence before…</source>
        <translation>Mirando las pruebas anteriores…</translation>
    </message>
    <message>
        <source>Putting it in force…</source>
        <translation>Poniéndolas en vigor…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Evidence {version} of {date}, to be renewed by {expires}; {signer}.</source>
        <translation>Pruebas {version} del {date}, por renovar antes del {expires}; {signer}.</translation>
    </message>
    <message>
        <source>{holder}: trusted no longer ({why})</source>
        <translation>{holder}: ya no es de confianza ({why})</translation>
    </message>
    <message>
        <source>{holder}: a key that this clinic added, for evidence until {until}</source>
        <translation>{holder}: una clave que añadió esta clínica, para pruebas hasta el {until}</translation>
    </message>
    <message>
        <source>{holder}: came with the program, for evidence until {until}</source>
        <translation>{holder}: vino con el programa, para pruebas hasta el {until}</translation>
    </message>
    <message>
        <source>In force now</source>
        <translation>En vigor ahora</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versión</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Fecha</translation>
    </message>
    <message>
        <source>To be renewed by</source>
        <translation>Por renovar antes del</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>Textos</translation>
    </message>
    <message>
        <source>English</source>
        <translation>inglés</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>español</translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) in {language}</source>
        <translation>
            <numerusform>%n texto en {language}</numerusform>
            <numerusform>%n textos en {language}</numerusform>
        </translation>
    </message>
    <message>
        <source>No figure, no study and no text would change.</source>
        <translation>No cambiaría ninguna cifra, ningún estudio ni ningún texto.</translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>Mostrar %n más</numerusform>
            <numerusform>Mostrar %n más</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvidencePage</name>
    <message>
        <source>Studies behind the number</source>
        <translation>Estudios tras la cifra</translation>
    </message>
    <message>
        <source>{name}: {share} of what is believed was measured, the rest is the model&apos;s.</source>
        <translation>{name}: {share} de lo que se cree fue medido, el resto es del modelo.</translation>
    </message>
    <message>
        <source>No study of this way and target is in the evidence pack: the figure is the model&apos;s alone.</source>
        <translation>No hay estudio de esta vía y objetivo en el paquete: la cifra es solo del modelo.</translation>
    </message>
    <message>
        <source>needle</source>
        <translation>aguja</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>Estimación</translation>
    </message>
    <message>
        <source>{name} (beside it)</source>
        <translation>{name} (al lado)</translation>
    </message>
    <message>
        <source>n = {n}</source>
        <translation>n = {n}</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} h</translation>
    </message>
    <message>
        <source>Read: {how}</source>
        <translation>Leído: {how}</translation>
    </message>
    <message>
        <source>paid for by {who}</source>
        <translation>pagado por {who}</translation>
    </message>
    <message>
        <source>Show as a table (T)</source>
        <translation>Mostrar como tabla (T)</translation>
    </message>
    <message>
        <source>study</source>
        <translation>estudio</translation>
    </message>
    <message>
        <source>part</source>
        <translation>papel</translation>
    </message>
    <message>
        <source>species</source>
        <translation>especie</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>share</source>
        <translation>parte</translation>
    </message>
    <message>
        <source>by those who make or sell it</source>
        <translation>por quienes lo hacen o lo venden</translation>
    </message>
    <message>
        <source>{name}: {figure}, {basis}.</source>
        <translation>{name}: {figure}, {basis}.</translation>
    </message>
    <message>
        <source>{unit} (log scale)</source>
        <translation>{unit} (escala log)</translation>
    </message>
    <message>
        <source>method</source>
        <translation>método</translation>
    </message>
    <message>
        <source>read</source>
        <translation>leído</translation>
    </message>
    <message>
        <source>counted, pooled</source>
        <translation>contada, en el conjunto</translation>
    </message>
    <message>
        <source>counted later, carried back</source>
        <translation>contada más tarde, llevada atrás</translation>
    </message>
    <message>
        <source>a bound</source>
        <translation>un límite</translation>
    </message>
    <message>
        <source>how often the needle is in</source>
        <translation>cuántas veces está dentro la aguja</translation>
    </message>
    <message>
        <source>shown, not counted in</source>
        <translation>mostrada, no incluida</translation>
    </message>
    <message>
        <source>a value of the model</source>
        <translation>un valor del modelo</translation>
    </message>
</context>
<context>
    <name>Finder</name>
    <message>
        <source>Find anything</source>
        <translation>Buscar todo</translation>
    </message>
    <message>
        <source>condition</source>
        <translation>enfermedad</translation>
    </message>
    <message>
        <source>command</source>
        <translation>orden</translation>
    </message>
    <message>
        <source>target</source>
        <translation>objetivo</translation>
    </message>
    <message>
        <source>route</source>
        <translation>vía</translation>
    </message>
    <message>
        <source>study</source>
        <translation>estudio</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>Nada encontrado.</translation>
    </message>
    <message>
        <source>Condition, target, route, study or command</source>
        <translation>Enfermedad, objetivo, vía, estudio u orden</translation>
    </message>
    <message>
        <source>Arrows choose, Enter takes, Escape closes.</source>
        <translation>Las flechas eligen, Intro toma, Escape cierra.</translation>
    </message>
</context>
<context>
    <name>HandoutDialog</name>
    <message>
        <source>Handout for the patient</source>
        <translation>Hoja para el paciente</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papel</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Carta</translation>
    </message>
    <message>
        <source>Letter size</source>
        <translation>Tamaño de letra</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Grande</translation>
    </message>
    <message>
        <source>Long form, with every source</source>
        <translation>Forma larga, con todas las fuentes</translation>
    </message>
    <message>
        <source>For (printed, not kept)</source>
        <translation>Para (se imprime, no se guarda)</translation>
    </message>
    <message>
        <source>Your questions, one a line</source>
        <translation>Sus preguntas, una por línea</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Imprimir…</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>Guardar como PDF…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vista previa</translation>
    </message>
    <message>
        <source>Making the handout…</source>
        <translation>Preparando la hoja…</translation>
    </message>
    <message>
        <source>Side {number} of {all}</source>
        <translation>Cara {number} de {all}</translation>
    </message>
    <message>
        <source>Reading level: grade {grade}</source>
        <translation>Lectura: grado {grade} (escuela de EE. UU.)</translation>
    </message>
    <message>
        <source>Reading level: {grade} of 100; higher is easier</source>
        <translation>Lectura: {grade} de 100; más alto es más fácil</translation>
    </message>
    <message>
        <source>Save the handout</source>
        <translation>Guardar la hoja</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>Guardado como {name}.</translation>
    </message>
    <message>
        <source>Copied as text, with all that is typed here.</source>
        <translation>Copiada como texto, con todo lo que se escribió aquí.</translation>
    </message>
    <message>
        <source>The printer could not be reached. Save the handout as PDF instead.</source>
        <translation>No se pudo llegar a la impresora. Guarde la hoja como PDF.</translation>
    </message>
    <message>
        <source>Sent to the printer.</source>
        <translation>Enviado a la impresora.</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Copiar como texto</translation>
    </message>
    <message>
        <source>The whole handout without its pictures, to paste into a patient portal</source>
        <translation>Toda la hoja sin sus dibujos, para pegarla en un portal del paciente</translation>
    </message>
    <message>
        <source>Way shown</source>
        <translation>Vía mostrada</translation>
    </message>
    <message>
        <source>One more way</source>
        <translation>Una vía más</translation>
    </message>
    <message>
        <source>Way shown, beside no treatment</source>
        <translation>Vía mostrada, además de no tratar</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>Proposed: {name}</source>
        <translation>Propuesta: {name}</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguna</translation>
    </message>
    <message>
        <source>Clinician (printed, not kept)</source>
        <translation>Profesional (se imprime, no se guarda)</translation>
    </message>
    <message>
        <source>Note (printed, not kept)</source>
        <translation>Nota (se imprime, no se guarda)</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>Logotipo</translation>
    </message>
    <message>
        <source>Letterhead (kept for this clinic)</source>
        <translation>Membrete (se guarda)</translation>
    </message>
    <message>
        <source>Logo (kept for this clinic)</source>
        <translation>Logotipo (se guarda)</translation>
    </message>
    <message>
        <source>Phone for harm (kept for this clinic)</source>
        <translation>Teléfono si hay daños (se guarda)</translation>
    </message>
    <message>
        <source>Choose the logo</source>
        <translation>Elegir el logotipo</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg)</source>
        <translation>Imágenes (*.png *.jpg *.jpeg)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Make it anew</source>
        <translation>Hacerla de nuevo</translation>
    </message>
    <message>
        <source>Stopped. There is no handout to print or save.</source>
        <translation>Detenido. No hay hoja que imprimir ni guardar.</translation>
    </message>
</context>
<context>
    <name>JourneyPage</name>
    <message>
        <source>place</source>
        <translation>lugar</translation>
    </message>
    <message>
        <source>90 % range</source>
        <translation>intervalo del 90 %</translation>
    </message>
    <message>
        <source>the rest</source>
        <translation>el resto</translation>
    </message>
    <message>
        <source>Where the cells go</source>
        <translation>Adónde van las células</translation>
    </message>
    <message>
        <source>Time after delivery</source>
        <translation>Tiempo tras darlas</translation>
    </message>
    <message>
        <source>{name} (asked)</source>
        <translation>{name} (preguntada)</translation>
    </message>
    <message>
        <source>{name}: 1 000 000 cells</source>
        <translation>{name}: 1 000 000 de células</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} h</translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation>{days} días</translation>
    </message>
    <message>
        <source>elsewhere, or lost</source>
        <translation>en otra parte, o perdidas</translation>
    </message>
    <message>
        <source>held in the lung</source>
        <translation>retenidas en el pulmón</translation>
    </message>
    <message>
        <source>liver</source>
        <translation>hígado</translation>
    </message>
    <message>
        <source>spleen</source>
        <translation>bazo</translation>
    </message>
    <message>
        <source>elsewhere</source>
        <translation>en otra parte</translation>
    </message>
    <message>
        <source>beside the target</source>
        <translation>junto al objetivo</translation>
    </message>
    <message>
        <source>dead or cleared</source>
        <translation>muertas o eliminadas</translation>
    </message>
</context>
<context>
    <name>OverTimePage</name>
    <message>
        <source>Cells in the target over time</source>
        <translation>Células en el objetivo en el tiempo</translation>
    </message>
    <message>
        <source>procedure</source>
        <translation>procedimiento</translation>
    </message>
    <message>
        <source>time</source>
        <translation>tiempo</translation>
    </message>
    <message>
        <source>counted</source>
        <translation>qué se cuenta</translation>
    </message>
    <message>
        <source>90 % range</source>
        <translation>intervalo del 90 %</translation>
    </message>
    <message>
        <source>any cell, to 24 h</source>
        <translation>toda célula, hasta 24 h</translation>
    </message>
    <message>
        <source>living cells, after 24 h</source>
        <translation>células vivas, tras 24 h</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>6 h</source>
        <translation>6 h</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 día</translation>
    </message>
    <message>
        <source>3 days</source>
        <translation>3 días</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>1 semana</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 días</translation>
    </message>
    <message>
        <source>{name} (asked)</source>
        <translation>{name} (preguntada)</translation>
    </message>
    <message>
        <source>{unit} in the target</source>
        <translation>{unit} en el objetivo</translation>
    </message>
</context>
<context>
    <name>Packs</name>
    <message>
        <source>It is larger than {size} MB, which no evidence is. Check that it is the right file.</source>
        <translation>Ocupa más de {size} MB, y ningunas pruebas ocupan tanto. Compruebe que es el archivo correcto.</translation>
    </message>
    <message>
        <source>This is not an evidence file of CellRoute. Choose a file whose name ends in .pack.</source>
        <translation>No es un archivo de pruebas de CellRoute. Elija un archivo cuyo nombre termine en .pack.</translation>
    </message>
    <message>
        <source>It is not signed, so nobody can tell who made it. Take evidence only from its makers, as a signed file.</source>
        <translation>No está firmado, así que nadie puede saber quién lo hizo. Acepte pruebas solo de sus autores, en un archivo firmado.</translation>
    </message>
    <message>
        <source>It ends too early or its beginning is damaged. Get the file again from where it came.</source>
        <translation>Termina antes de tiempo o su comienzo está dañado. Pida otra vez el archivo a quien se lo dio.</translation>
    </message>
    <message>
        <source>Its first lines are damaged. Get the file again from where it came.</source>
        <translation>Sus primeras líneas están dañadas. Pida otra vez el archivo a quien se lo dio.</translation>
    </message>
    <message>
        <source>It was signed with a key that this computer does not trust ({key}). Take evidence only from its makers; a clinic that signs its own adds its key first.</source>
        <translation>Se firmó con una clave en la que este equipo no confía ({key}). Acepte pruebas solo de sus autores; una clínica que firma las suyas añade antes su clave.</translation>
    </message>
    <message>
        <source>Its signature is wrong: it was changed after it was signed, or damaged on the way. Get the file again from where it came, and tell whoever gave it to you.</source>
        <translation>Su firma no es válida: se cambió después de firmarse o se dañó por el camino. Pida otra vez el archivo y avise a quien se lo dio.</translation>
    </message>
    <message>
        <source>The key that signed it is trusted no longer ({why}). Get newer evidence from its makers.</source>
        <translation>La clave que lo firmó ya no es de confianza ({why}). Pida pruebas más nuevas a sus autores.</translation>
    </message>
    <message>
        <source>The key of {holder} speaks for evidence until {until}, and this is of {date}. Get newer evidence from its makers.</source>
        <translation>La clave de {holder} vale para pruebas hasta el {until}, y estas son del {date}. Pida pruebas más nuevas a sus autores.</translation>
    </message>
    <message>
        <source>It is not whole: it was changed after it was signed, or damaged on the way. Get the file again from where it came.</source>
        <translation>No está íntegro: se cambió después de firmarse o se dañó por el camino. Pida otra vez el archivo a quien se lo dio.</translation>
    </message>
    <message>
        <source>What it says of itself and what it holds do not agree. Tell its makers, and keep the evidence that you have.</source>
        <translation>Lo que dice de sí mismo y lo que contiene no coinciden. Avise a sus autores y conserve las pruebas que tiene.</translation>
    </message>
    <message>
        <source>It needs CellRoute {needs} or later, and this is {this}. Bring the program up to date first.</source>
        <translation>Necesita CellRoute {needs} o posterior, y este es {this}. Actualice antes el programa.</translation>
    </message>
    <message>
        <source>It was to be renewed by {date}, and this computer’s clock says {today}. Get newer evidence from its makers, or set the clock if it is wrong.</source>
        <translation>Debía renovarse antes del {date}, y el reloj de este equipo marca {today}. Pida pruebas más nuevas a sus autores, o ponga en hora el reloj si está mal.</translation>
    </message>
    <message>
        <source>It is of {date}, and this computer’s clock says {today}. Set the clock, then try again.</source>
        <translation>Es del {date}, y el reloj de este equipo marca {today}. Ponga en hora el reloj e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>It is version {version}, older than {present}, which is in force. Keep what you have, unless you need the older one on purpose.</source>
        <translation>Es la versión {version}, más antigua que {present}, que está en vigor. Conserve lo que tiene, salvo que necesite a propósito la más antigua.</translation>
    </message>
    <message>
        <source>Studies</source>
        <translation>Estudios</translation>
    </message>
    <message>
        <source>Measured figures</source>
        <translation>Cifras medidas</translation>
    </message>
    <message>
        <source>Harms</source>
        <translation>Daños</translation>
    </message>
    <message>
        <source>Contraindications and cautions</source>
        <translation>Contraindicaciones y precauciones</translation>
    </message>
    <message>
        <source>Approvals and positions</source>
        <translation>Autorizaciones y posturas</translation>
    </message>
    <message>
        <source>What trials found on benefit</source>
        <translation>Qué hallaron los ensayos sobre el beneficio</translation>
    </message>
    <message>
        <source>Conditions and targets</source>
        <translation>Enfermedades y objetivos</translation>
    </message>
    <message>
        <source>Procedures and what they need</source>
        <translation>Procedimientos y lo que necesitan</translation>
    </message>
    <message>
        <source>Constants of the model</source>
        <translation>Constantes del modelo</translation>
    </message>
    <message>
        <source>Another CellRoute on this computer is changing the evidence at this moment. Wait, then try again.</source>
        <translation>Otro CellRoute en este equipo está cambiando las pruebas en este momento. Espere e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>came with the program</source>
        <translation>vinieron con el programa</translation>
    </message>
    <message>
        <source>signed by {holder}, with a key that this clinic added</source>
        <translation>firmadas por {holder}, con una clave que añadió esta clínica</translation>
    </message>
    <message>
        <source>signed by {holder}, whose key came with the program</source>
        <translation>firmadas por {holder}, cuya clave vino con el programa</translation>
    </message>
    <message>
        <source>{n} added</source>
        <translation>altas: {n}</translation>
    </message>
    <message>
        <source>{n} withdrawn</source>
        <translation>bajas: {n}</translation>
    </message>
    <message>
        <source>{n} changed</source>
        <translation>cambios: {n}</translation>
    </message>
    <message>
        <source>Added: {what}</source>
        <translation>Alta: {what}</translation>
    </message>
    <message>
        <source>Withdrawn: {what}</source>
        <translation>Baja: {what}</translation>
    </message>
    <message>
        <source>Changed: {what}</source>
        <translation>Cambio: {what}</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>no se sabe</translation>
    </message>
    <message>
        <source>route not known</source>
        <translation>vía desconocida</translation>
    </message>
    <message>
        <source>{study}, needle in place: {way}</source>
        <translation>{study}, aguja en su sitio: {way}</translation>
    </message>
    <message>
        <source>{condition}: is new</source>
        <translation>{condition}: es nueva</translation>
    </message>
    <message>
        <source>{condition}: is no longer there</source>
        <translation>{condition}: ya no está</translation>
    </message>
    <message>
        <source>{condition}: {new}; until now: {old}</source>
        <translation>{condition}: {new}; hasta ahora: {old}</translation>
    </message>
    <message>
        <source>{condition}: first would be “{new}”, until now “{old}”</source>
        <translation>{condition}: la primera sería «{new}», hasta ahora «{old}»</translation>
    </message>
    <message>
        <source>{condition}: the same stands first; the order changes from place {place} on</source>
        <translation>{condition}: la primera es la misma; el orden cambia desde el puesto {place}</translation>
    </message>
    <message>
        <source>{condition}: the same order, other numbers of a million cells: {which}</source>
        <translation>{condition}: el mismo orden, otros números por millón de células: {which}</translation>
    </message>
    <message>
        <source>ways are ranked</source>
        <translation>hay un orden de vías</translation>
    </message>
    <message>
        <source>nothing would reach the target</source>
        <translation>nada llegaría al objetivo</translation>
    </message>
    <message>
        <source>arrival does not decide</source>
        <translation>la llegada no decide</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>fewer than 1</source>
        <translation>menos de 1</translation>
    </message>
</context>
<context>
    <name>Patient</name>
    <message>
        <source>This patient</source>
        <translation>Este paciente</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>Nada de esto</translation>
    </message>
    <message>
        <source>Answers no to everything not yet asked</source>
        <translation>Responde no a todo lo que falta por preguntar</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>sin preguntar</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sí</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Menos</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n más</numerusform>
            <numerusform>%n más</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PatientView</name>
    <message>
        <source>Patient view</source>
        <translation>Vista del paciente</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Back   F11</source>
        <translation>Volver   F11</translation>
    </message>
    <message>
        <source>This cannot be shown to a patient</source>
        <translation>Esto no se puede mostrar a un paciente</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Copy the picture</source>
        <translation>Copiar la imagen</translation>
    </message>
    <message>
        <source>Show as a table (T)</source>
        <translation>Mostrar como tabla (T)</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>Guardar como PNG…</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>Guardar como SVG…</translation>
    </message>
    <message>
        <source>Copy the table</source>
        <translation>Copiar la tabla</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>PictureField</name>
    <message>
        <source>Choose a picture…</source>
        <translation>Elegir una imagen…</translation>
    </message>
    <message>
        <source>PNG or JPEG, at most 2 MB</source>
        <translation>PNG o JPEG, de 2 MB como mucho</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Welcome to CellRoute</source>
        <translation>Bienvenido a CellRoute</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Preferencias</translation>
    </message>
    <message>
        <source>Where do you work?</source>
        <translation>¿Dónde trabaja?</translation>
    </message>
    <message>
        <source>Approvals are looked up for this place. You can change it at any time.</source>
        <translation>Las autorizaciones se buscan para este lugar. Puede cambiarlo cuando quiera.</translation>
    </message>
    <message>
        <source>Place whose approvals count</source>
        <translation>Lugar cuyas autorizaciones cuentan</translation>
    </message>
    <message>
        <source>Anywhere</source>
        <translation>Cualquier lugar</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Tema</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Alto contraste</translation>
    </message>
    <message>
        <source>Text size in per cent</source>
        <translation>Tamaño del texto en por ciento</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papel</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Carta</translation>
    </message>
    <message>
        <source>Reduced motion: rows do not glide</source>
        <translation>Menos movimiento: las filas no se deslizan</translation>
    </message>
    <message>
        <source>Figures of the ranking and the pictures</source>
        <translation>Cifras de la clasificación y de las imágenes</translation>
    </message>
    <message>
        <source>Cells of a million</source>
        <translation>Células de un millón</translation>
    </message>
    <message>
        <source>860 000 of 1 000 000 cells</source>
        <translation>860 000 de 1 000 000 de células</translation>
    </message>
    <message>
        <source>Per cent of the dose</source>
        <translation>Porcentaje de la dosis</translation>
    </message>
    <message>
        <source>86 % of the dose</source>
        <translation>86 % de la dosis</translation>
    </message>
    <message>
        <source>Sentences, the handout and the patient view always count cells of a million.</source>
        <translation>Las frases, la hoja y la vista del paciente cuentan siempre células de un millón.</translation>
    </message>
    <message>
        <source>Letterhead of the handout</source>
        <translation>Membrete de la hoja</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Tamaño del texto</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Empezar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Texto más pequeño</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Texto más grande</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>The text “{text}…” has {count} characters. Shorten it to {most}.</source>
        <translation>El texto «{text}…» tiene {count} caracteres. Acórtelo a {most}.</translation>
    </message>
    <message>
        <source>The letterhead has {count} lines. Shorten it to {most}.</source>
        <translation>El membrete tiene {count} líneas. Acórtelo a {most}.</translation>
    </message>
    <message>
        <source>The list of questions has {count} lines. Shorten it to {most}.</source>
        <translation>La lista de preguntas tiene {count} líneas. Acórtela a {most}.</translation>
    </message>
    <message>
        <source>The handout&apos;s letters lack {named}. Write that word in Latin, Greek or Cyrillic letters.</source>
        <translation>Las letras de la hoja no tienen {named}. Escriba esa palabra con letras latinas, griegas o cirílicas.</translation>
    </message>
    <message>
        <source>The handout&apos;s letters lack {named} and {more} more. Write that word in Latin, Greek or Cyrillic letters.</source>
        <translation>Las letras de la hoja no tienen {named} y {more} más. Escriba esa palabra con letras latinas, griegas o cirílicas.</translation>
    </message>
    <message>
        <source>The logo is {wide} × {high} dots, too narrow to print. Cut it to a wider shape.</source>
        <translation>El logotipo tiene {wide} × {high} puntos: es demasiado estrecho para imprimirlo. Recórtelo más ancho.</translation>
    </message>
    <message>
        <source>The logo cannot be seen on white paper. Choose the one that is made for a light ground.</source>
        <translation>El logotipo no se ve sobre papel blanco. Elija el que está hecho para fondo claro.</translation>
    </message>
    <message>
        <source>The logo has {size} MB. Choose a PNG or JPEG of at most 2 MB.</source>
        <translation>El logotipo ocupa {size} MB. Elija un PNG o JPEG de 2 MB como mucho.</translation>
    </message>
    <message>
        <source>The logo is {wide} × {high} dots. Choose one of at most 12 million dots.</source>
        <translation>El logotipo tiene {wide} × {high} puntos. Elija uno de 12 millones de puntos como mucho.</translation>
    </message>
    <message>
        <source>The logo is {wide} × {high} dots. Choose one of at least {least} a side.</source>
        <translation>El logotipo tiene {wide} × {high} puntos. Elija uno de al menos {least} por lado.</translation>
    </message>
    <message>
        <source>The logo has too many dots. Choose one of at most 12 million dots.</source>
        <translation>El logotipo tiene demasiados puntos. Elija uno de 12 millones de puntos como mucho.</translation>
    </message>
    <message>
        <source>The logo is no sound PNG or JPEG picture. Save it again as PNG.</source>
        <translation>El logotipo no es una imagen PNG o JPEG en buen estado. Guárdelo otra vez como PNG.</translation>
    </message>
    <message>
        <source>The handout does not fit on paper of this size.</source>
        <translation>La hoja no cabe en papel de este tamaño.</translation>
    </message>
    <message>
        <source>Cannot read “{name}”: {problem}. {remedy}.</source>
        <translation>No se puede leer «{name}»: {problem}. {remedy}.</translation>
    </message>
    <message>
        <source>Cannot save “{name}”: {problem}. {remedy}.</source>
        <translation>No se puede guardar «{name}»: {problem}. {remedy}.</translation>
    </message>
    <message>
        <source>Cannot use “{name}”: {problem}. {remedy}.</source>
        <translation>No se puede usar «{name}»: {problem}. {remedy}.</translation>
    </message>
    <message>
        <source>the name holds a character that no file name may hold</source>
        <translation>el nombre tiene un carácter que ningún nombre de archivo puede tener</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>el disco está lleno</translation>
    </message>
    <message>
        <source>your share of the disk is used up</source>
        <translation>su parte del disco está agotada</translation>
    </message>
    <message>
        <source>you may not do that there, or another program holds the file open</source>
        <translation>ahí no tiene permiso, u otro programa tiene el archivo abierto</translation>
    </message>
    <message>
        <source>you may not do that there</source>
        <translation>ahí no tiene permiso</translation>
    </message>
    <message>
        <source>that disk can only be read</source>
        <translation>ese disco es de solo lectura</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>no existe ese archivo o esa carpeta</translation>
    </message>
    <message>
        <source>a part of the path is a file, not a folder</source>
        <translation>una parte de la ruta es un archivo, no una carpeta</translation>
    </message>
    <message>
        <source>that is a folder, not a file</source>
        <translation>eso es una carpeta, no un archivo</translation>
    </message>
    <message>
        <source>that is a device or a pipe, not a file</source>
        <translation>eso es un dispositivo o un conducto, no un archivo</translation>
    </message>
    <message>
        <source>the name is too long</source>
        <translation>el nombre es demasiado largo</translation>
    </message>
    <message>
        <source>the link points to itself</source>
        <translation>el enlace apunta a sí mismo</translation>
    </message>
    <message>
        <source>it is larger than a file may be there</source>
        <translation>es mayor de lo que ahí puede ser un archivo</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>el disco da un error</translation>
    </message>
    <message>
        <source>another program holds the file</source>
        <translation>otro programa tiene el archivo</translation>
    </message>
    <message>
        <source>the operating system refused</source>
        <translation>el sistema operativo se negó</translation>
    </message>
    <message>
        <source>it is there already, and nobody was asked about it</source>
        <translation>ya existe, y no se preguntó a nadie</translation>
    </message>
    <message>
        <source>the new file is in place, but the disk did not confirm it</source>
        <translation>el archivo nuevo está en su sitio, pero el disco no lo confirmó</translation>
    </message>
    <message>
        <source>a file of that name is there already</source>
        <translation>ya hay un archivo con ese nombre</translation>
    </message>
    <message>
        <source>that file may only be read</source>
        <translation>ese archivo es de solo lectura</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>está dañado</translation>
    </message>
    <message>
        <source>Choose another name</source>
        <translation>Elija otro nombre</translation>
    </message>
    <message>
        <source>Free some space or choose another disk</source>
        <translation>Libere espacio o elija otro disco</translation>
    </message>
    <message>
        <source>Free some space or choose another folder</source>
        <translation>Libere espacio o elija otra carpeta</translation>
    </message>
    <message>
        <source>Close the file elsewhere or choose another folder</source>
        <translation>Cierre el archivo en el otro programa o elija otra carpeta</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>Elija otra carpeta</translation>
    </message>
    <message>
        <source>Choose another disk</source>
        <translation>Elija otro disco</translation>
    </message>
    <message>
        <source>Check the name</source>
        <translation>Revise el nombre</translation>
    </message>
    <message>
        <source>Check the path</source>
        <translation>Revise la ruta</translation>
    </message>
    <message>
        <source>Give the name of a file</source>
        <translation>Dé el nombre de un archivo</translation>
    </message>
    <message>
        <source>Choose a shorter name</source>
        <translation>Elija un nombre más corto</translation>
    </message>
    <message>
        <source>Choose the file itself</source>
        <translation>Elija el archivo mismo</translation>
    </message>
    <message>
        <source>Try another disk, and have this one checked</source>
        <translation>Pruebe otro disco y haga revisar este</translation>
    </message>
    <message>
        <source>Close it there and try again</source>
        <translation>Ciérrelo allí y pruebe otra vez</translation>
    </message>
    <message>
        <source>Try again or choose another place</source>
        <translation>Pruebe otra vez o elija otro lugar</translation>
    </message>
    <message>
        <source>Choose it by its whole name to replace it</source>
        <translation>Elíjalo por su nombre completo para reemplazarlo</translation>
    </message>
    <message>
        <source>Save it again, and have the disk checked</source>
        <translation>Guárdelo otra vez y haga revisar el disco</translation>
    </message>
    <message>
        <source>Choose another name or another folder</source>
        <translation>Elija otro nombre u otra carpeta</translation>
    </message>
    <message>
        <source>Check that it is the right file</source>
        <translation>Compruebe que es el archivo correcto</translation>
    </message>
    <message>
        <source>Install the program again</source>
        <translation>Instale el programa otra vez</translation>
    </message>
</context>
<context>
    <name>RankingPanel</name>
    <message>
        <source>share of the dose</source>
        <translation>parte de la dosis</translation>
    </message>
    <message>
        <source>Ways to give the cells</source>
        <translation>Formas de dar las células</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>puesto</translation>
    </message>
    <message>
        <source>way</source>
        <translation>vía</translation>
    </message>
    <message>
        <source>90 % range</source>
        <translation>intervalo del 90 %</translation>
    </message>
    <message>
        <source>how that is known</source>
        <translation>cómo se sabe</translation>
    </message>
    <message>
        <source>certainty</source>
        <translation>certeza</translation>
    </message>
    <message>
        <source>how firm</source>
        <translation>qué firmeza</translation>
    </message>
    <message>
        <source>where it stands</source>
        <translation>dónde está</translation>
    </message>
    <message>
        <source>no rank</source>
        <translation>sin puesto</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>preguntada</translation>
    </message>
    <message>
        <source>No imaging</source>
        <translation>Sin imagen</translation>
    </message>
    <message numerus="yes">
        <source>%n reason(s)</source>
        <translation>
            <numerusform>%n motivo</numerusform>
            <numerusform>%n motivos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missing</source>
        <translation>
            <numerusform>falta %n</numerusform>
            <numerusform>faltan %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n caution(s)</source>
        <translation>
            <numerusform>%n precaución</numerusform>
            <numerusform>%n precauciones</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n abierta</numerusform>
            <numerusform>%n abiertas</numerusform>
        </translation>
    </message>
    <message>
        <source>Rank {rank} of {all}</source>
        <translation>Puesto {rank} de {all}</translation>
    </message>
    <message>
        <source>asked about</source>
        <translation>por la que preguntan</translation>
    </message>
    <message>
        <source>not there: {things}</source>
        <translation>no está: {things}</translation>
    </message>
    <message>
        <source>caution: {text}</source>
        <translation>precaución: {text}</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) not asked</source>
        <translation>
            <numerusform>%n pregunta sin hacer</numerusform>
            <numerusform>%n preguntas sin hacer</numerusform>
        </translation>
    </message>
    <message>
        <source>{unit}, 90 % range</source>
        <translation>{unit}, intervalo del 90 %</translation>
    </message>
    <message numerus="yes">
        <source>%n open question(s)</source>
        <translation>
            <numerusform>%n pregunta abierta</numerusform>
            <numerusform>%n preguntas abiertas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) met</source>
        <translation>
            <numerusform>%n requisito</numerusform>
            <numerusform>%n requisitos</numerusform>
        </translation>
    </message>
    <message>
        <source>{figure}, 90 % range {span}, {basis}</source>
        <translation>{figure}, intervalo del 90 % {span}, {basis}</translation>
    </message>
</context>
<context>
    <name>RanksToChange</name>
    <message>
        <source>Ranks that would change (each condition as it usually is, in a clinic with everything)</source>
        <translation>Órdenes que cambiarían (cada enfermedad como es habitual, en una clínica con todo)</translation>
    </message>
    <message>
        <source>Ranks worked out</source>
        <translation>Órdenes calculados</translation>
    </message>
    <message>
        <source>Working out {n} of {all}…</source>
        <translation>Calculando {n} de {all}…</translation>
    </message>
    <message>
        <source>it stays as it is</source>
        <translation>queda como está</translation>
    </message>
    <message>
        <source>The consult that is open: {what}</source>
        <translation>La consulta abierta: {what}</translation>
    </message>
    <message>
        <source>No figure changes, so no rank does.</source>
        <translation>No cambia ninguna cifra, así que no cambia ningún orden.</translation>
    </message>
    <message>
        <source>Of {all} conditions, {moved} would be ranked otherwise; {numbers} keep their order with other numbers.</source>
        <translation>De {all} enfermedades, {moved} se ordenarían de otro modo; {numbers} conservan su orden con otros números.</translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>Mostrar %n más</numerusform>
            <numerusform>Mostrar %n más</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Safety</name>
    <message>
        <source>The consult that was open when CellRoute ended is back. Ctrl+N begins a new one.</source>
        <translation>La consulta que estaba abierta cuando CellRoute se cerró ha vuelto. Ctrl+N empieza una nueva.</translation>
    </message>
    <message>
        <source>The consult is not being kept while you work: {why}</source>
        <translation>La consulta no se guarda mientras trabaja: {why}</translation>
    </message>
</context>
<context>
    <name>Say</name>
    <message>
        <source>{basis}, with this clinic&apos;s own figures</source>
        <translation>{basis}, con cifras propias de esta clínica</translation>
    </message>
    <message>
        <source>{line} (not checked since {date})</source>
        <translation>{line} (sin comprobar desde {date})</translation>
    </message>
    <message>
        <source>can be done here</source>
        <translation>se puede hacer aquí</translation>
    </message>
    <message>
        <source>Needs referral</source>
        <translation>Hay que derivar</translation>
    </message>
    <message>
        <source>Not for this patient</source>
        <translation>No para este paciente</translation>
    </message>
    <message>
        <source>Not tried in people, as far as we found</source>
        <translation>No probado en personas, que sepamos</translation>
    </message>
    <message>
        <source>level with others</source>
        <translation>igual que otras</translation>
    </message>
    <message>
        <source>clearly first</source>
        <translation>claramente primera</translation>
    </message>
    <message>
        <source>probably first</source>
        <translation>probablemente primera</translation>
    </message>
    <message>
        <source>behind</source>
        <translation>detrás</translation>
    </message>
    <message>
        <source>clearly behind</source>
        <translation>claramente detrás</translation>
    </message>
    <message>
        <source>count: high certainty</source>
        <translation>recuento: certeza alta</translation>
    </message>
    <message>
        <source>count: moderate certainty</source>
        <translation>recuento: certeza moderada</translation>
    </message>
    <message>
        <source>count: low certainty</source>
        <translation>recuento: certeza baja</translation>
    </message>
    <message>
        <source>count: very low certainty</source>
        <translation>recuento: certeza muy baja</translation>
    </message>
    <message>
        <source>cells were counted</source>
        <translation>se contaron células</translation>
    </message>
    <message>
        <source>counted, joined with a model</source>
        <translation>contadas, unidas a un modelo</translation>
    </message>
    <message>
        <source>needle measured, staying assumed</source>
        <translation>aguja medida, permanencia supuesta</translation>
    </message>
    <message>
        <source>modelled, not measured</source>
        <translation>de un modelo, no medido</translation>
    </message>
    <message>
        <source>full text</source>
        <translation>texto completo</translation>
    </message>
    <message>
        <source>abstract</source>
        <translation>resumen</translation>
    </message>
    <message>
        <source>official page</source>
        <translation>página oficial</translation>
    </message>
    <message>
        <source>second hand</source>
        <translation>de segunda mano</translation>
    </message>
    <message>
        <source>{share} of the dose</source>
        <translation>{share} de la dosis</translation>
    </message>
    <message>
        <source>{cells} of 1 000 000 cells</source>
        <translation>{cells} de 1 000 000 de células</translation>
    </message>
    <message>
        <source>per cent of the dose</source>
        <translation>porcentaje de la dosis</translation>
    </message>
    <message>
        <source>cells of a million</source>
        <translation>células de un millón</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>assumed</source>
        <translation>supuesto</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Shortcuts</source>
        <translation>Atajos</translation>
    </message>
    <message>
        <source>Next or previous row of the ranking</source>
        <translation>Fila siguiente o anterior de la lista</translation>
    </message>
    <message>
        <source>Answer a patient question yes, no, or take it back</source>
        <translation>Responder sí, no, o retirar la respuesta</translation>
    </message>
    <message>
        <source>Y, N, Delete</source>
        <translation>Y, N, Supr</translation>
    </message>
    <message>
        <source>Close a list or dialog; the window stays</source>
        <translation>Cerrar una lista o un diálogo; la ventana queda</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Table of a picture or of the ranking</source>
        <translation>Tabla de una imagen o de la clasificación</translation>
    </message>
    <message>
        <source>Copy a picture or the ranking</source>
        <translation>Copiar una imagen o la clasificación</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>The evidence of {date} was to be used until {end}, and this computer’s clock says {today}. Bring in newer evidence before you rely on it, or set the clock if it is wrong.</source>
        <translation>Las pruebas del {date} debían usarse hasta el {end}, y el reloj de este equipo marca {today}. Incorpore pruebas más nuevas antes de fiarse de ellas, o ponga en hora el reloj si está mal.</translation>
    </message>
    <message>
        <source>This computer’s clock says {today}, and the evidence is of {date}. Set the clock: handouts carry its day, and evidence that is out of date is known by it.</source>
        <translation>El reloj de este equipo marca {today}, y las pruebas son del {date}. Ponga en hora el reloj: las hojas llevan su día, y por él se sabe si las pruebas han caducado.</translation>
    </message>
</context>
<context>
    <name>StartPanel</name>
    <message>
        <source>Body map</source>
        <translation>Mapa del cuerpo</translation>
    </message>
    <message>
        <source>Which condition is it about?</source>
        <translation>¿De qué enfermedad se trata?</translation>
    </message>
    <message>
        <source>Type it at the left: a name, a plain word or an ICD-10 code. Or point at the body. The usual target, cells and dose are filled in and marked “assumed” until you change them.</source>
        <translation>Escríbala a la izquierda: un nombre, una palabra o un código CIE-10. O señale en el cuerpo. El objetivo, las células y la dosis usuales se rellenan y se marcan «supuesto» hasta que los cambie.</translation>
    </message>
    <message>
        <source>CellRoute estimates how many cells arrive. How many arrive is not how much it helps. It supports a decision and makes none; nothing about a patient is stored.</source>
        <translation>CellRoute estima cuántas células llegan. Cuántas llegan no es cuánto ayuda. Apoya una decisión y no toma ninguna; no se guarda nada sobre un paciente.</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Ejemplos</translation>
    </message>
    <message>
        <source>Recent consults</source>
        <translation>Consultas recientes</translation>
    </message>
    <message>
        <source>Knee osteoarthritis, asked for by vein</source>
        <translation>Artrosis de rodilla, preguntan por la vena</translation>
    </message>
    <message>
        <source>How many cells reach the knee by each way, and for how long</source>
        <translation>Cuántas células llegan a la rodilla por cada vía y cuánto se quedan</translation>
    </message>
    <message>
        <source>Heart attack, no catheter laboratory</source>
        <translation>Infarto, sin sala de hemodinámica</translation>
    </message>
    <message>
        <source>What can be done here, and what needs a referral</source>
        <translation>Qué puede hacerse aquí y qué requiere derivar</translation>
    </message>
    <message>
        <source>Painful disc, on a blood thinner</source>
        <translation>Disco doloroso, con anticoagulante</translation>
    </message>
    <message>
        <source>What a caution changes, and when nothing reaches</source>
        <translation>Qué cambia una precaución, y cuándo nada llega</translation>
    </message>
</context>
<context>
    <name>Tabs</name>
    <message>
        <source>Seeing why</source>
        <translation>Ver por qué</translation>
    </message>
    <message>
        <source>Journey</source>
        <translation>Recorrido</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>En el tiempo</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Pruebas</translation>
    </message>
    <message>
        <source>What decides</source>
        <translation>Qué decide</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparar</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Menor</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Mayor</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Imagen</translation>
    </message>
    <message>
        <source>Copy or save the picture, or read it as a table</source>
        <translation>Copiar o guardar la imagen, o leerla como tabla</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>New consult</source>
        <translation>Nueva consulta</translation>
    </message>
    <message>
        <source>Find anything   Ctrl+K</source>
        <translation>Buscar todo   Ctrl+K</translation>
    </message>
    <message>
        <source>Patient view   F11</source>
        <translation>Vista del paciente   F11</translation>
    </message>
    <message>
        <source>Copy for chart</source>
        <translation>Copiar para la historia</translation>
    </message>
    <message>
        <source>Handout</source>
        <translation>Hoja</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menú</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Buscar</translation>
    </message>
</context>
<context>
    <name>Weights</name>
    <message>
        <source>What counts</source>
        <translation>Qué cuenta</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>Propio</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Llegada</translation>
    </message>
    <message>
        <source>Delivered cells first: 80 of 100</source>
        <translation>Primero las células que llegan: 80 de 100</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Equilibrio</translation>
    </message>
    <message>
        <source>Balanced: delivered cells 60 of 100</source>
        <translation>Equilibrio: células que llegan 60 de 100</translation>
    </message>
    <message>
        <source>Least burden</source>
        <translation>Menor carga</translation>
    </message>
    <message>
        <source>Least burden: delivered cells 20 of 100</source>
        <translation>Menor carga: células que llegan 20 de 100</translation>
    </message>
    <message>
        <source>Weigh it yourself</source>
        <translation>Ponderar a mano</translation>
    </message>
    <message>
        <source>Weight of {criterion}</source>
        <translation>Peso de {criterion}</translation>
    </message>
    <message>
        <source>Hide the weights</source>
        <translation>Ocultar los pesos</translation>
    </message>
    <message>
        <source>points of 100</source>
        <translation>puntos de 100</translation>
    </message>
</context>
<context>
    <name>WhatDecidesPage</name>
    <message>
        <source>procedure</source>
        <translation>procedimiento</translation>
    </message>
    <message>
        <source>criterion</source>
        <translation>criterio</translation>
    </message>
    <message>
        <source>points of 100</source>
        <translation>puntos de 100</translation>
    </message>
    <message>
        <source>Points of 100, taken apart</source>
        <translation>Puntos de 100, por partes</translation>
    </message>
    <message>
        <source>place</source>
        <translation>lugar</translation>
    </message>
    <message>
        <source>of 100 recalculations</source>
        <translation>de 100 recálculos</translation>
    </message>
    <message>
        <source>Place in 100 recalculations; it says nothing about patients</source>
        <translation>Puesto en 100 recálculos; no dice nada de los pacientes</translation>
    </message>
    <message>
        <source>Lead of the first place, in points of 100</source>
        <translation>Ventaja del primer puesto, en puntos de 100</translation>
    </message>
    <message>
        <source>Left of the dashed line another one is first.</source>
        <translation>A la izquierda de la línea, otra es la primera.</translation>
    </message>
    <message>
        <source>changes the first place</source>
        <translation>cambia el primer puesto</translation>
    </message>
    <message>
        <source>Nothing is ranked here, so there is nothing that decides.</source>
        <translation>Aquí nada tiene puesto, así que nada decide.</translation>
    </message>
    <message>
        <source>Arrival is not how the cells are thought to work here, so nothing is ranked by it.</source>
        <translation>Aquí no se cree que las células actúen por llegar, así que nada se ordena por ello.</translation>
    </message>
    <message>
        <source>Without {thing}: none can be done here</source>
        <translation>Sin {thing}: ninguna se puede hacer aquí</translation>
    </message>
    <message>
        <source>Without {thing}: {name}</source>
        <translation>Sin {thing}: {name}</translation>
    </message>
    <message>
        <source>If {criterion} counted {needed} of 100 instead of {now}: {name}</source>
        <translation>Si {criterion} contara {needed} de 100 en vez de {now}: {name}</translation>
    </message>
    <message>
        <source>What would put another one first</source>
        <translation>Qué pondría a otra en primer lugar</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Ir a</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aspecto</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Página</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>Elección</translation>
    </message>
    <message>
        <source>What follows</source>
        <translation>Qué resulta</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Por qué</translation>
    </message>
    <message>
        <source>Recent consults</source>
        <translation>Consultas recientes</translation>
    </message>
</context>
</TS>
